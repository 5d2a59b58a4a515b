import { stampEvents, type StampedEvent } from "@clawmetry/integrity";
import { chainedFields } from "@clawmetry/siem-events";
import { formatSyslogLine } from "@clawmetry/siem-exporter";
import { expect, test } from "vitest";
import { BOOT, chainedEvents, chainedLines } from "../testing/chained-lines.ts";
import { reportOf, verifyLines } from "../testing/verify-lines.ts";

const events = chainedEvents(5);
const lines = {
  cef: chainedLines(events, { format: "cef" }),
  json: chainedLines(events, { format: "json" }),
};
const FORMATS = ["cef", "json"] as const;
const other = "f".repeat(64);

/** The lines with one of them, from 1, written from another event. */
function withEvent(format: "cef" | "json", number: number, change: Record<string, unknown>): readonly string[] {
  const altered = { ...(events[number - 1] as StampedEvent), ...change };
  const line = formatSyslogLine(altered, { format, hostname: "gw01", sequence: { boot: BOOT, number } });
  return lines[format].with(number - 1, line);
}

function found(report: Awaited<ReturnType<typeof reportOf>>): Record<string, unknown> {
  const lists = report.nodes.flatMap(
    ({ altered, missing, forks, unverifiable, conflicting, duplicated, reordered }) => [
      ...altered.map(({ id, changed }) => `altered ${String(id)} ${changed}`),
      ...missing.map(({ after, before }) => `missing ${String(after?.id)} to ${String(before?.id)}`),
      ...forks.map(({ events: branches }) => `fork ${branches.map(({ id }) => id).join(" ")}`),
      ...unverifiable.map(({ id, reason }) => `unverifiable ${String(id)} ${reason}`),
      ...conflicting.map(({ id, differs }) => `conflicting ${String(id)} ${differs}`),
      ...duplicated.map(({ id, kind }) => `duplicated ${String(id)} ${kind}`),
      ...reordered.map(({ id }) => `reordered ${String(id)}`),
    ],
  );
  const shown = report.contradictory.map(({ id }) => `contradictory ${id}`);
  const payloads = report.payloads.altered.map(({ id }) => `payload ${id}`);
  const rest = report.unreadable.map(({ place }) => `unreadable ${place}`);
  return { proven: report.proven, found: [...lists, ...shown, ...payloads, ...rest] };
}

const CHANGES: Readonly<Record<(typeof chainedFields)[number], string>> = {
  agent_id: "sub",
  agent_type: "codex",
  event_type: "tool.result",
  id: "e9",
  node_id: "m",
  session_id: "s2",
  ts: "2026-11-23T03:04:05.001Z",
  workspace_id: "/w",
};

test.each(FORMATS.flatMap((format) => chainedFields.map((field) => [format, field] as const)))(
  "in %s, another %s is an altered event",
  async (format, field) => {
    const report = await reportOf(withEvent(format, 3, { [field]: CHANGES[field] }));
    const id = field === "id" ? "e9" : "e3";
    expect(found(report)).toEqual({ proven: false, found: [`altered ${id} unknown`] });
  },
);

test.each([
  ["cef", "devicePayloadId=e3 "],
  ["cef", "ClawmetryEventType=tool_call "],
  ["cef", "deviceExternalId=n "],
  ["cef", "cs1Label=sessionId cs1=s1 "],
  ["cef", "cs1Label=sessionId "],
  ["cef", " rt=1795403043000"],
  ["json", '"id":"e3",'],
  ["json", '"event_type":"tool_call",'],
  ["json", '"node_id":"n",'],
  ["json", '"session_id":"s1",'],
  ["json", '"ts":"2026-11-23T03:04:03.000Z",'],
] as const)("in %s, an event without %s is altered", async (format, part) => {
  const line = String(lines[format][2]);
  expect(line).toContain(part);
  const report = await reportOf(lines[format].with(2, line.replace(part, "")));
  expect(report.proven).toBe(false);
  expect(report.nodes.flatMap(({ altered }) => altered.map(({ place }) => place))).toEqual(["-:3"]);
});

test("an agent that is missing is the one that the chain takes it for", async () => {
  const line = String(lines.json[2]).replace('"agent_id":"main","agent_type":"openclaw",', "");
  expect(found(await reportOf(lines.json.with(2, line)))).toEqual({ proven: true, found: [] });
});

test.each([
  ["the chain hash", { chain_hash: other }, ["altered e3 chain_hash"]],
  ["the previous hash", { chain_prev_hash: other }, ["altered e3 chain_prev_hash"]],
  ["a hash that is none", { chain_hash: "x" }, ["altered e3 chain_hash"]],
  [
    "no hashes",
    { chain_hash: undefined, chain_prev_hash: undefined },
    ["missing e2 to e4", "unverifiable e3 not_chained"],
  ],
  [
    "another event with hashes of its own",
    stampEvents([{ ...events[2], session_id: "forged" }], { n: String(events[1]?.chain_hash) }).events[0] ?? {},
    ["missing e3 to e4"],
  ],
])("forged chain fields are told: %s", async (_name, change, expected) => {
  for (const format of FORMATS) {
    expect(found(await reportOf(withEvent(format, 3, change)))).toEqual({ proven: false, found: expected });
  }
});

test.each([
  ["one deleted", (all: readonly string[]) => all.toSpliced(2, 1), false, ["missing e2 to e4"]],
  ["two deleted", (all: readonly string[]) => all.toSpliced(1, 2), false, ["missing e1 to e4"]],
  ["the first deleted", (all: readonly string[]) => all.slice(1), false, ["missing undefined to e2"]],
  ["two swapped", ([a = "", b = "", c = "", ...rest]: readonly string[]) => [a, c, b, ...rest], true, ["reordered e3"]],
  ["one replayed", (all: readonly string[]) => [...all, all[1] ?? ""], true, ["duplicated e2 replay"]],
  [
    "all from the end",
    (all: readonly string[]) => all.toReversed(),
    true,
    ["reordered e5", "reordered e4", "reordered e3", "reordered e2"],
  ],
] as const)("lines are told: %s", async (_name, change, proven, expected) => {
  for (const format of FORMATS) {
    expect(found(await reportOf(change(lines[format])))).toEqual({ proven, found: expected });
  }
});

test("an event that was sent again by somebody else is told apart from a replay", async () => {
  const [first = ""] = lines.json;
  const again = [first.replace('"seq":1,', '"seq":9,'), first.replace(BOOT, "00000000")];
  expect(found(await reportOf([...lines.json, ...again]))).toEqual({
    proven: true,
    found: ["duplicated e1 sent_again", "duplicated e1 sent_again"],
  });
});

test("CEF and JSON of the same events are copies of each other", async () => {
  const report = await reportOf([...lines.cef, ...lines.json]);
  expect(report.proven).toBe(true);
  expect(report.nodes).toMatchObject([{ events: 10, verified: 5 }]);
  expect(report.nodes[0]?.duplicated).toHaveLength(5);
});

test("one byte of a payload is told, and is no change of identity", async () => {
  const report = await reportOf(lines.json.map((line) => line.replaceAll('"ls 3"', '"ls 8"')));
  expect(found(report)).toEqual({ proven: true, found: ["payload e3"] });
  expect(report.payloads).toMatchObject({ verified: 4, altered: [{ id: "e3", nodeId: "n", place: "-:3" }] });
});

test("a line is never proven by a part of it", async () => {
  for (const format of FORMATS) {
    const [line = ""] = chainedLines(events.slice(0, 1), { format });
    for (let length = 0; length < line.length; length++) {
      expect((await reportOf([line.slice(0, length)])).proven, `${format} cut at ${length}`).toBe(false);
    }
  }
});

test("a truncated line among whole ones is told", async () => {
  const cut = (all: readonly string[]): readonly string[] => all.with(2, String(all[2]).slice(0, -20));
  expect(found(await reportOf(cut(lines.json)))).toEqual({
    proven: false,
    found: ["missing e2 to e4", "unreadable -:3"],
  });
  expect(found(await reportOf(cut(lines.cef)))).toEqual({ proven: false, found: ["altered e3 unknown"] });
});

test("a key of JSON that stands twice is refused: readers would see different events", async () => {
  const forged = lines.json.map((line) => line.replace('"id":"e3"', '"id":"shown","id":"e3"'));
  expect(found(await reportOf(forged))).toEqual({ proven: false, found: ["missing e2 to e4", "unreadable -:3"] });
});

test("an event cannot hide behind a signature of the exporter's own", async () => {
  const [one = "", two = "", three = ""] = withEvent("cef", 3, { session_id: "s2" });
  const hidden = [one, two, three.replace("|1001|Tool Call|", "|9001|Tool Call|")];
  expect(found(await reportOf(hidden))).toEqual({ proven: false, found: ["altered e3 unknown", "contradictory e3"] });
});

test("an event whose line does not hold a field exactly is unverifiable, not altered", async () => {
  const tab = stampEvents([{ ...chainedEvents(1)[0], session_id: "a\tb" }]).events;
  const report = await reportOf(chainedLines(tab, { format: "cef" }));
  expect(found(report)).toEqual({ proven: false, found: ["unverifiable e1 changed_fields"] });
  expect((await verifyLines(chainedLines(tab, { format: "cef" }))).text).toContain(
    "    e1 (-:1): the line does not hold session_id exactly",
  );
  expect((await reportOf(chainedLines(tab, { format: "json" }))).proven).toBe(true);
});

test.each([
  ["cef", "|1001|", "|1002|", ["signature"]],
  ["cef", "|Tool Call|", "|Tool Result|", ["signature"]],
  ["cef", "cat=tool.call ", "cat=tool.result ", ["type"]],
  ["cef", "externalId=e3 ", "externalId=e4 ", ["id"]],
  ["json", '"signature_id":1001', '"signature_id":6001', ["signature"]],
  ["json", '"type":"tool.call"', '"type":"tool.result"', ["type"]],
  ["json", '"time":"2026-11-23T03:04:03.000Z"', '"time":"2026-11-23T03:04:04.000Z"', ["time"]],
  ["json", '"time":', '"time_source":"receipt","time":', ["time"]],
] as const)("in %s, a line that shows instead of %s otherwise %s is told", async (format, written, other, shown) => {
  const line = String(lines[format][2]);
  expect(line).toContain(written);
  const { code, text } = await verifyLines(lines[format].with(2, line.replace(written, other)));
  expect(code).toBe(1);
  expect(text).toContain(`    e3 of n (-:3): ${shown.join(", ")}`);
  expect(text.at(-1)).toBe("NOT PROVEN: 1 contradictory line (5 lines read)");
});

test("a time that stands beside another one is compared with it", async () => {
  const given = stampEvents([{ ...chainedEvents(1)[0], ts: 1_795_403_041 }]).events;
  const forged = chainedLines(given, { format: "cef" }).map((line) =>
    line.replace("rt=1795403041000", "rt=1795403041001"),
  );
  expect(await reportOf(chainedLines(given, { format: "cef" }))).toMatchObject({ proven: true });
  expect(await reportOf(forged)).toMatchObject({ proven: false, contradictory: [{ id: "e1", shown: ["time"] }] });
});
