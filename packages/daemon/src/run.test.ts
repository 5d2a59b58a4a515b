import { writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { startDaemonProcess } from "../test/daemon-process.ts";
import { createFakeTerminal } from "../test/fake-terminal.ts";
import { createStoreFile, post, request, startTestDaemon } from "../test/start-test-daemon.ts";
import { run } from "./run.ts";

test.each([["--version"], ["serve", "--version"], ["verify-integrity", "--version"]])(
  "the version is data: %s %s",
  async (...argv) => {
    const terminal = createFakeTerminal();
    expect(await run(argv, terminal)).toBe(0);
    expect(terminal.out()).toBe(`${manifest.version}\n`);
    expect(terminal.err()).toBe("");
  },
);

test.each([
  [["--help"], "Usage: clawmetry-daemon [options] [command]"],
  [["serve", "--help"], "Usage: clawmetry-daemon serve [options]"],
  [["verify-integrity", "--help"], "Usage: clawmetry-daemon verify-integrity [options]"],
])("help is data: %j", async (argv, firstLine) => {
  const terminal = createFakeTerminal();
  expect(await run(argv, terminal)).toBe(0);
  expect(terminal.out().split("\n")[0]).toBe(firstLine);
});

test.each<[readonly string[], Readonly<Record<string, string>>, string]>([
  [
    [],
    { CLAWMETRY_DAEMON_TOKEN: "" },
    "CLAWMETRY_DAEMON_TOKEN must be set, to 16 or more random characters that clients send as X-ClawMetry-Token",
  ],
  [
    [],
    { CLAWMETRY_DAEMON_TOKEN: "hunter2" },
    "CLAWMETRY_DAEMON_TOKEN must be 16 to 256 printable ASCII characters without spaces, got string",
  ],
  [["--prot", "1"], {}, "unknown option '--prot' (Did you mean --port?)"],
  [["--token=hunter2"], {}, "unknown option '--token'"],
  [["--port", "http"], {}, '--port must be a whole number, got "http"'],
  [["--port", "65536"], {}, "--port must be a whole number from 0 to 65535, got 65536"],
  [[], { CLAWMETRY_DAEMON_PORT: "70000" }, "--port must be a whole number from 0 to 65535, got 70000"],
  [["--host", "0.0.0.0"], {}, "--host must be a loopback address or localhost, got string"],
  [["--queue-events", "0"], {}, "--queue-events must be a whole number at least 1, got 0"],
  [["--max-body-bytes", "-1"], {}, '--max-body-bytes must be a whole number, got "-1"'],
  [
    ["--timeout", "long"],
    {},
    "option '--timeout <seconds>' argument 'long' is invalid. It must be a number of seconds from 0 to 3600.",
  ],
  [["verify-integrity", "--store", "/nowhere/store"], {}, "/nowhere/store does not exist"],
])("bad usage is one line and exit code 2: %j", async (argv, env, line) => {
  const terminal = createFakeTerminal(env);
  expect(await run(argv, terminal)).toBe(2);
  expect(terminal.err().split("\n")).toContainEqual(expect.stringContaining(`clawmetry-daemon: ${line}`));
  expect(terminal.err().trimEnd().split("\n")).toHaveLength(1);
  expect(terminal.err()).not.toContain("hunter2");
  expect(terminal.out()).toBe("");
});

test("a port that is taken is told", async () => {
  const { port } = await startTestDaemon();
  const terminal = createFakeTerminal({ CLAWMETRY_DAEMON_STORE: await createStoreFile() });
  expect(await run(["--port", String(port)], terminal)).toBe(2);
  expect(terminal.err()).toBe(`clawmetry-daemon: cannot listen on 127.0.0.1:${port}: EADDRINUSE\n`);
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "it serves until %s, as flags and environment say, and then verifies",
  async (signal) => {
    const store = await createStoreFile();
    const terminal = createFakeTerminal({
      CLAWMETRY_DAEMON_STORE: "/nowhere/else",
      CLAWMETRY_DAEMON_NODE_ID: "node-e",
      CLAWMETRY_DAEMON_PORT: "0",
      CLAWMETRY_REDACT_PII: "0",
    });
    const ended = run(["serve", "--store", store, "--host", "localhost"], terminal);
    const url = await terminal.errMatches(/listening on (\S+),/);
    const text = "me@example.com has password=hunter2hunter2";
    expect(await post({ url }, { id: "e1", event_type: "x", data: { text } })).toMatchObject({ status: 200 });
    expect(await request(`${url}/health`)).toMatchObject({ body: { nodeId: "node-e", store: { rows: 1 } } });
    terminal.press(signal);
    expect(await ended).toBe(0);

    const people = createFakeTerminal({ CLAWMETRY_DAEMON_STORE: store });
    expect(await run(["verify-integrity"], people)).toBe(0);
    expect(people.out()).toBe(
      "1 events, 1 verified in their chain, 1 payloads verified\nnode node-e: valid, 1 events, 1 verified\n",
    );
    expect(people.err()).toBe("nothing was altered or lost\n");

    const machine = createFakeTerminal();
    expect(await run(["verify-integrity", "--store", store, "--node-id", "node-e", "--json"], machine)).toBe(0);
    expect(JSON.parse(machine.out())).toMatchObject({ valid: true, chain: { verified: 1 } });

    const nobody = createFakeTerminal();
    expect(await run(["verify-integrity", "--store", store, "--node-id", "other"], nobody)).toBe(2);
    expect(nobody.err()).toBe(`clawmetry-daemon: ${store} has no node of that id\n`);
  },
);

test("a store that a running daemon has open is told with its process, by every command", async () => {
  const store = await createStoreFile();
  const daemon = await startDaemonProcess(["--port", "0", "--store", store]);
  for (const argv of [["verify-integrity"], ["--port", "0"]]) {
    const terminal = createFakeTerminal({ CLAWMETRY_DAEMON_STORE: store });
    expect(await run(argv, terminal)).toBe(2);
    expect(terminal.err()).toBe(
      `clawmetry-daemon: ${store} is in use by process ${daemon.pid}: stop it, or take a copy\n`,
    );
  }
});

test("what is no store is told", async () => {
  const store = await createStoreFile();
  await startTestDaemon({ storeFile: store });
  const file = `${dirname(store)}/notes.txt`;
  await writeFile(file, "no store ".repeat(1000));
  const terminal = createFakeTerminal();
  expect(await run(["verify-integrity", "--store", file], terminal)).toBe(2);
  expect(terminal.err()).toBe(`clawmetry-daemon: ${file} is no DuckDB file\n`);
});
