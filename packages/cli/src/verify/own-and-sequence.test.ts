import { formatCef } from "@clawmetry/siem-cef";
import { type AgentEvent } from "@clawmetry/siem-events";
import { formatJson } from "@clawmetry/siem-json";
import { expect, test } from "vitest";
import { BOOT, chainedEvents, chainedLines } from "../testing/chained-lines.ts";
import { reportOf, verifyLines } from "../testing/verify-lines.ts";

const FORMATS = ["cef", "json"] as const;
const loss: AgentEvent = {
  event_type: "siem.events_dropped",
  ts: "2026-11-23T03:04:06.000Z",
  data: { reason: "queue_full:2", cnt: 2, start: 1, end: 2, lost_by_severity: "6:2", seq_from: 2, seq_to: 3 },
};
const heartbeat: AgentEvent = {
  event_type: "siem.heartbeat",
  ts: "2026-11-23T03:04:07.000Z",
  data: { accepted: 5, sent: 3, dropped: 2, queued: 0, last_seq: 6, state: "connected" },
};

function line(format: "cef" | "json", event: AgentEvent, number: number): string {
  // As the exporter itself does it: from anyone else, its types are unmapped.
  return (format === "cef" ? formatCef : formatJson)(event, { sequence: { boot: BOOT, number } });
}

test.each(FORMATS)("in %s, what an event 9001 tells explains missing numbers, and proves no event", async (format) => {
  const lines = chainedLines(chainedEvents(5), { format });
  const { code, text } = await verifyLines([
    ...lines.toSpliced(1, 2),
    line(format, loss, 6),
    line(format, heartbeat, 7),
  ]);
  expect(code).toBe(1);
  expect(text[0]).toBe("node n: NOT PROVEN: 2 verified of 3 chained, 3 in all");
  expect(text.slice(-3)).toEqual([
    "about the exporter and the daemon, in no chain: 1 of 9001, 1 of 9006",
    "boot 712df70e: numbers 1 to 7: 5 received, 2 dropped and told (9001), 2 missing, 2 of them told (9001)",
    "NOT PROVEN: 1 of 1 node (5 lines read)",
  ]);
});

test("a report that comes twice counts once", async () => {
  const lines = chainedLines(chainedEvents(6), { format: "json" });
  const report = await reportOf([...lines.toSpliced(1, 3), line("json", loss, 7), line("json", loss, 7)]);
  expect(report.sequences).toMatchObject([{ repeated: 1, toldLost: 2, explained: 2, unexplained: 1 }]);
  expect(report.sequences[0]?.gaps).toEqual([{ from: 4, to: 4, missing: 1 }]);
});

test.each(FORMATS)(
  "in %s, the exporter's own events leave no proof open, nor do those of the daemon",
  async (format) => {
    const error: AgentEvent = {
      id: "d1",
      node_id: "n",
      event_type: "daemon.error",
      data: { message: "store is busy" },
    };
    const lines = [...chainedLines(chainedEvents(2), { format }), line(format, heartbeat, 3), line(format, error, 4)];
    expect(await reportOf(lines)).toMatchObject({
      proven: true,
      nodes: [{ events: 2, verified: 2 }],
      ownEvents: { 9006: 1, 9002: 1 },
    });
  },
);

test.each(FORMATS)("in %s, a report of an earlier process explains the numbers of that one", async (format) => {
  const earlier = { ...loss, data: { ...(loss.data as object), previous_boot: BOOT } };
  const start: AgentEvent = { event_type: "siem.exporter_started", data: { previous_boot: BOOT, recovered: 3 } };
  const own = (event: AgentEvent, number: number): string =>
    (format === "cef" ? formatCef : formatJson)(event, { sequence: { boot: "00000002", number } });
  const report = await reportOf([
    ...chainedLines(chainedEvents(5), { format }).toSpliced(1, 2),
    own(start, 1),
    own(earlier, 2),
  ]);
  expect(report.sequences).toMatchObject([
    { boot: BOOT, toldLost: 2, explained: 2, unexplained: 0 },
    { boot: "00000002", received: 2, toldLost: 0 },
  ]);
});

test("each boot has numbers of its own, which may begin anywhere", async () => {
  const [first = "", second = "", third = ""] = chainedLines(chainedEvents(3), { format: "json" });
  const report = await reportOf([first.replace(BOOT, "00000001"), second, third]);
  expect(report.proven).toBe(true);
  expect(report.sequences).toMatchObject([
    { boot: "00000001", from: 1, to: 1, unexplained: 0 },
    { boot: BOOT, from: 2, to: 3, unexplained: 0 },
  ]);
});

test("missing numbers alone change no verdict: the chain proves what is there", async () => {
  const [first = "", second = ""] = chainedLines(chainedEvents(2), { format: "json" });
  const report = await reportOf([first, second.replace('"seq":2,', '"seq":9007199254740991,')]);
  expect(report).toMatchObject({ proven: true, sequences: [{ unexplained: 9_007_199_254_740_989 }] });
});

test.each([
  ['"seq":1,', '"seq":0,'],
  ['"seq":1,', '"seq":1.5,'],
  ['"seq":1,', '"seq":"1",'],
  [`"boot":"${BOOT}"`, '"boot":"x"'],
])("instead of %s, %s is no number of a message", async (written, other) => {
  const lines = chainedLines(chainedEvents(1), { format: "json" }).map((text) => text.replace(written, other));
  expect(await reportOf(lines)).toMatchObject({ proven: true, sequences: [] });
});
