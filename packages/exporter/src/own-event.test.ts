import { type Heartbeat, type LossReport } from "@clawmetry/siem-core";
import { type AgentEvent, describeEvent } from "@clawmetry/siem-events";
import { expect, test } from "vitest";
import { ownEvent } from "./own-event.ts";

const nowMs = Date.UTC(2026, 10, 23, 3, 4, 5, 678);
const loss: LossReport = {
  kind: "loss",
  count: 815,
  byReason: { queue_full: 812, too_large: 3 },
  bySeverity: { 3: 2, 6: 813 },
  startMs: 1000,
  endMs: 2000,
  seqFrom: 7,
  seqTo: 900,
};
const heartbeat: Heartbeat = {
  kind: "heartbeat",
  accepted: 10,
  sent: 8,
  dropped: 1,
  queued: 1,
  lastSeq: 12,
  state: "connected",
  target: "tls://siem.example:6514",
};

test("a loss report tells how many were lost, why, of which severities and when", () => {
  expect(ownEvent(loss, nowMs)).toEqual({
    event_type: "siem.events_dropped",
    ts: "2026-11-23T03:04:05.678Z",
    data: {
      reason: "queue_full:812,too_large:3",
      cnt: 815,
      start: 1000,
      end: 2000,
      lost_by_severity: "3:2,6:813",
      seq_from: 7,
      seq_to: 900,
    },
  });
});

test("a heartbeat tells the counters, and the certificate and the chain where they are known", () => {
  const data = {
    accepted: 10,
    sent: 8,
    dropped: 1,
    queued: 1,
    last_seq: 12,
    state: "connected",
    target: "tls://siem.example:6514",
  };
  const ts = "2026-11-23T03:04:05.678Z";
  expect(ownEvent(heartbeat, nowMs)).toEqual({ event_type: "siem.heartbeat", ts, data });
  expect(ownEvent({ ...heartbeat, certDays: 30 }, nowMs, ["a:1", "b:2"])).toEqual({
    event_type: "siem.heartbeat",
    ts,
    data: { ...data, cert_days: 30, chain_heads: ["a:1", "b:2"] },
  });
});

test("every fact is one that the formats show", () => {
  const shown = (event: AgentEvent) => Object.keys(describeEvent(event).own ?? {}).sort();
  expect(shown(ownEvent(loss, nowMs))).toEqual(["cnt", "end", "lostBySeverity", "seqFrom", "seqTo", "start"]);
  expect(shown(ownEvent({ ...heartbeat, certDays: 3 }, nowMs, ["a:1"]))).toEqual([
    "accepted",
    "certDays",
    "chainHeads",
    "dropped",
    "lastSeq",
    "queued",
    "sent",
    "state",
    "target",
  ]);
});

test("a start tells of the process before, where one is known", () => {
  const previous = { boot: "51e1db70", clean: false, lastSeq: 41 };
  expect(ownEvent({ kind: "start", previous, recovered: 7 }, nowMs).data).toEqual({
    previous_boot: "51e1db70",
    previous_end: "unclean",
    previous_last_seq: 41,
    recovered: 7,
  });
  expect(ownEvent({ kind: "start", recovered: 0 }, nowMs)).toMatchObject({
    event_type: "siem.exporter_started",
    data: { recovered: 0 },
  });
});

test("an end tells the last number, and what was not sent", () => {
  const event = ownEvent({ kind: "stop", lastSeq: 12, unsent: 3 }, nowMs);
  expect(event).toMatchObject({ event_type: "siem.exporter_stopped", data: { unsent: 3, last_seq: 12 } });
  expect(describeEvent(event, { nowMs })).toMatchObject({ signatureId: 9005, own: { unsent: 3, lastSeq: 12 } });
});

test("a report of an earlier process names its boot id", () => {
  expect(ownEvent({ ...loss, boot: "51e1db70" }, nowMs).data).toMatchObject({ previous_boot: "51e1db70" });
});
