import { expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { createFakeTerminal } from "./testing/fake-terminal.ts";
import { run } from "./run.ts";

test.each([
  ["--version"],
  ["forward", "--version"],
  ["format", "--version"],
  ["listen", "--version"],
  ["test", "--version"],
])("the version is data: %s %s", async (...argv) => {
  const terminal = createFakeTerminal();
  expect(await run(argv, terminal)).toBe(0);
  expect(terminal.out()).toBe(`${manifest.version}\n`);
  expect(terminal.err()).toBe("");
});

test.each([
  [["--help"], "Usage: clawmetry-siem [options] [command]"],
  [["forward", "--help"], "Usage: clawmetry-siem forward [options] [files...]"],
  [["format", "--help"], "Usage: clawmetry-siem format [options] [files...]"],
  [["listen", "--help"], "Usage: clawmetry-siem listen [options]"],
  [["test", "--help"], "Usage: clawmetry-siem test [options]"],
])("help is data: %j", async (argv, firstLine) => {
  const terminal = createFakeTerminal();
  expect(await run(argv, terminal)).toBe(0);
  expect(terminal.out().split("\n")[0]).toBe(firstLine);
  expect(terminal.err()).toBe("");
});

test.each([
  [["fowrard"], "clawmetry-siem: unknown command 'fowrard' (Did you mean forward?)"],
  [["forward", "--hots", "x"], "clawmetry-siem: unknown option '--hots' (Did you mean --host?)"],
  [["listen", "extra"], "clawmetry-siem: too many arguments for 'listen'. Expected 0 arguments but got 1."],
  [["forward", "--host", ""], "clawmetry-siem: option '--host <name>' argument '' is invalid. It must not be empty."],
  [
    ["listen", "--count", "0"],
    "clawmetry-siem: option '--count <number>' argument '0' is invalid. It must be a whole number from 1 to 1000000000.",
  ],
  [
    ["forward", "--timeout", "soon"],
    "clawmetry-siem: option '--timeout <seconds>' argument 'soon' is invalid. It must be a number of seconds above 0, at most 86400.",
  ],
  [["listen", "--json", "--raw"], "clawmetry-siem: --json and --raw exclude each other"],
  [["listen", "--udp", "here"], "clawmetry-siem: --udp must be PORT, HOST:PORT or [IPV6]:PORT, such as 127.0.0.1:5514"],
  [["listen", "--udp", "0", "--write-cert", "x"], "clawmetry-siem: --cert, --key and --write-cert need --tls"],
  [["listen", "--tls", "0", "--cert", "x"], "clawmetry-siem: --cert and --key go together"],
])("bad usage is one line and exit code 2: %j", async (argv, line) => {
  const terminal = createFakeTerminal();
  expect(await run(argv, terminal)).toBe(2);
  expect(terminal.err()).toBe(`${line}\n`);
  expect(terminal.out()).toBe("");
});

test("there is no flag for the passphrase, and who tries one does not see it printed", async () => {
  const terminal = createFakeTerminal();
  expect(await run(["forward", "--tls-key-passphrase=hunter2"], terminal)).toBe(2);
  expect(terminal.err()).toContain("unknown option '--tls-key-passphrase'");
  expect(terminal.err()).not.toContain("hunter2");
});

test("an argument does not drive the terminal", async () => {
  const terminal = createFakeTerminal();
  expect(await run(["\u001b[31mred"], terminal)).toBe(2);
  expect(terminal.err()).toBe("clawmetry-siem: unknown command '\u241b[31mred'\n");
});

test("without a command it explains itself, which is bad usage", async () => {
  const terminal = createFakeTerminal();
  expect(await run([], terminal)).toBe(2);
  expect(terminal.err()).toContain("Usage: clawmetry-siem [options] [command]");
  expect(terminal.out()).toBe("");
});

test("nobody needs to read the messages", async () => {
  const terminal = createFakeTerminal();
  terminal.stderr.destroy(Object.assign(new Error("broken pipe"), { code: "EPIPE" }));
  expect(await run(["forward"], terminal)).toBe(2);
});
