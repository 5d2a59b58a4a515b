import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { run } from "../run.ts";
import { chainedEvents, chainedLines } from "../testing/chained-lines.ts";
import { createFakeTerminal } from "../testing/fake-terminal.ts";
import { reportOf, verifyLines } from "../testing/verify-lines.ts";

const events = chainedEvents(4);
const cef = chainedLines(events, { format: "cef" });
const json = chainedLines(events, { format: "json" });
const [h1, , h3, h4] = events.map(({ chain_hash }) => chain_hash);

async function writeFiles(...texts: readonly string[]): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "siem-verify-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = texts.map((_, index) => join(folder, `${index + 1}.log`));
  await Promise.all(files.map((file, index) => writeFile(file, texts[index] ?? "")));
  return files;
}

test.each([
  ["CEF", cef, "payloads: 0 verified, 0 altered, 4 not provable from CEF"],
  ["JSON", json, "payloads: 4 verified, 0 altered"],
])("a whole chain of %s is proven", async (_name, lines, payloads) => {
  expect(await verifyLines(lines)).toEqual({
    code: 0,
    text: [
      "node n: proven: 4 verified of 4 chained, 4 in all",
      payloads,
      "boot 712df70e: numbers 1 to 4: 4 received, none missing",
      "proven: the identity of every chained event (4 lines read)",
    ],
    err: "",
  });
});

test("what is missing is told between the events beside it, and as a missing number", async () => {
  expect(await verifyLines(json.toSpliced(2, 1))).toMatchObject({
    code: 1,
    text: [
      "node n: NOT PROVEN: 2 verified of 3 chained, 3 in all",
      "  missing, one event or more each: 1",
      `    between e2 (-:2) and e4 (-:3): the hash before it is not here (${String(h3)})`,
      "payloads: 3 verified, 0 altered",
      "boot 712df70e: numbers 1 to 4: 3 received, 1 missing, 0 of them told (9001)",
      "  missing and not told: 1",
      "    3",
      "NOT PROVEN: 1 of 1 node (3 lines read)",
    ],
  });
});

test("a payload that was altered is told apart, and changes no exit code", async () => {
  expect(await verifyLines(json.map((line) => line.replaceAll("ls 2", "ls 9")))).toMatchObject({
    code: 0,
    text: [
      "node n: proven: 4 verified of 4 chained, 4 in all",
      "payloads: 3 verified, 1 altered",
      "  altered: 1",
      "    e2 of n (-:2): data is not what its payload hash was made of",
      "boot 712df70e: numbers 1 to 4: 4 received, none missing",
      "proven: the identity of every chained event, but 1 payload altered (4 lines read)",
    ],
  });
});

test("an end that was cut off is seen only with a head", async () => {
  const lines = cef.slice(0, 3);
  expect((await verifyLines(lines)).code).toBe(0);
  expect((await verifyLines(lines, "--head", `n=${String(h3)}`)).code).toBe(0);
  const { code, text } = await verifyLines(lines, "--head", `n=${String(h4)}`);
  expect(code).toBe(1);
  expect(text).toContain(`    after e3 (-:3): the head ${String(h4)} is not here`);
});

test("a start that was removed is accepted with the hash before it", async () => {
  const lines = cef.slice(1);
  expect((await verifyLines(lines)).text).toContain(
    `    before e2 (-:1): the hash before it is not here (${String(h1)})`,
  );
  expect((await verifyLines(lines, "--anchor", `n=${String(h1)}`)).code).toBe(0);
  expect((await verifyLines(lines, "--anchor", `m=${String(h1)}`)).code).toBe(1);
});

test("one node alone can be asked for", async () => {
  const broken = chainedLines(
    chainedEvents(2).map((event) => ({ ...event, node_id: "m" })),
    { format: "json" },
  );
  const lines = [...json, ...broken];
  expect((await verifyLines(lines)).code).toBe(1);
  expect((await verifyLines(lines, "--node-id", "n")).code).toBe(0);
  expect((await verifyLines(lines, "--node-id", "m")).code).toBe(1);
  expect(await verifyLines(lines, "--node-id", "other")).toMatchObject({
    code: 1,
    text: [expect.stringMatching(/^boot/), "NOT PROVEN: no chained event was found (6 lines read)"],
  });
});

test("files are read one after the other, in any order, and the same events twice are told as such", async () => {
  const [first = "", second = ""] = await writeFiles(
    json.slice(2).join("\n"),
    [...json.slice(0, 2), json[2]].join("\n"),
  );
  const terminal = createFakeTerminal();
  expect(await run(["verify", first, second], terminal)).toBe(0);
  expect(terminal.out()).toContain(`  duplicated: 1\n    e3 (${second}:3): the same message as ${first}:1\n`);
  expect(terminal.out()).toContain(`  reordered, read before the one they follow: 1\n    e3 (${first}:1)\n`);
  expect(terminal.out()).toContain("boot 712df70e: numbers 1 to 4: 4 received, 1 came again, none missing");
});

test("a file that cannot be read is told, the others are reported, and the exit code is 2", async () => {
  const [file = ""] = await writeFiles(json.join("\n"));
  const missing = `${file}.missing`;
  const terminal = createFakeTerminal();
  expect(await run(["verify", missing, file], terminal)).toBe(2);
  expect(terminal.err()).toBe(`${missing}: cannot be read (ENOENT)\n`);
  expect(terminal.out()).toContain("node n: proven");
});

test.each([
  [["--anchor", "n"], "--anchor must be NODE=HASH, the hash 64 lower-case hex digits"],
  [["--head", "n=ABC"], "--head must be NODE=HASH, the hash 64 lower-case hex digits"],
  [["--head", `n=${"a".repeat(64)}`, "--head", `n=${"b".repeat(64)}`], "--head is given twice for the node n"],
])("bad usage is told: %j", async (args, problem) => {
  expect(await verifyLines(cef, ...args)).toEqual({ code: 2, text: [], err: `clawmetry-siem: ${problem}\n` });
});

test.each([
  ["nothing", [], "NOT PROVEN: no chained event was found (0 lines read)"],
  ["other lines only", ["<13>1 - h sshd - - - hello"], "NOT PROVEN: no chained event was found (1 line read)"],
])("of %s nothing is proven", async (_name, lines, verdict) => {
  const { code, text } = await verifyLines(lines);
  expect(code).toBe(1);
  expect(text.at(-1)).toBe(verdict);
});

test("a line that cannot be read is named, and leaves the proof open", async () => {
  const { code, text } = await verifyLines([...cef, "hunter2", "<13>1 - h sshd - - - hello"]);
  expect(code).toBe(1);
  expect(text.slice(-5)).toEqual([
    "unreadable lines or files: 1",
    "    -:5: neither CEF nor JSON of this exporter, nor a known export",
    "other lines: 1",
    "    -:6: a message without CEF and without JSON of this exporter",
    "NOT PROVEN: 1 unreadable (6 lines read)",
  ]);
});

test("at most 20 of a kind are shown, and JSON has all", async () => {
  const noise = Array.from({ length: 23 }, () => "hunter2");
  const { text } = await verifyLines([...cef, ...noise]);
  expect(text.filter((line) => line.startsWith("    -:"))).toHaveLength(20);
  expect(text).toContain("    … and 3 more (--json has all)");
  expect((await reportOf([...cef, ...noise])).unreadable).toHaveLength(23);
});

test("ids cannot drive the terminal", async () => {
  const hostile = { ...chainedEvents(1)[0], id: "a\u001b[2J\u202eb", node_id: "n\nnode x: proven", chain_hash: "0" };
  const { text } = await verifyLines([JSON.stringify({ siem: {}, ...hostile })]);
  expect(text.slice(0, 3)).toEqual([
    'node "n node x: proven": NOT PROVEN: 0 verified of 1 chained, 1 in all',
    "  altered: 1",
    '    "a␛[2J\ufffdb" (-:1): one of its eight identity fields or its hashes was altered',
  ]);
});

test("the whole report is one JSON object", async () => {
  const { code, text } = await verifyLines(json.slice(0, 1), "--json");
  expect(code).toBe(0);
  expect(text).toHaveLength(1);
  expect(JSON.parse(String(text[0]))).toEqual({
    proven: true,
    lines: 1,
    nodes: [
      {
        nodeId: "n",
        status: "proven",
        events: 1,
        checked: 1,
        verified: 1,
        headHash: h1,
        altered: [],
        missing: [],
        forks: [],
        unverifiable: [],
        conflicting: [],
        duplicated: [],
        reordered: [],
      },
    ],
    contradictory: [],
    payloads: { verified: 1, altered: [], cef: 0, notHeld: 0, notWhole: 0, noHash: 0 },
    ownEvents: {},
    sequences: [
      {
        boot: "712df70e",
        from: 1,
        to: 1,
        received: 1,
        repeated: 0,
        toldLost: 0,
        explained: 0,
        unexplained: 0,
        gaps: [],
      },
    ],
    unreadable: [],
    foreign: [],
  });
});

test("of a file that cannot be read nothing is proven, whatever the others hold", async () => {
  const { code, text } = await verifyLines(json, "-", "/nowhere/export.json");
  expect(code).toBe(2);
  expect(text.slice(-3, -2)).toEqual(["unreadable lines or files: 1"]);
  expect(text.at(-2)).toBe("    /nowhere/export.json: cannot be read (ENOENT)");
  expect(text.at(-1)).toBe("NOT PROVEN: 1 unreadable (4 lines read)");
});
