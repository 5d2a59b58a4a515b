import { expect, test } from "vitest";
import { fakeEffects, type FakeEffects, settled } from "../test/fake-effects.ts";
import { failing, failure, scriptedTransport, stalled, type ScriptedTransport } from "../test/scripted-transport.ts";
import { createAccounts } from "./accounts.ts";
import { createExporter, type Exporter } from "./exporter.ts";
import { type ExporterOptions } from "./exporter-options.ts";
import { type ExporterFacts } from "./lifecycle.ts";
import { createOwnEvents, type OwnMessage } from "./own-events.ts";
import { createSequence } from "./sequence.ts";

interface Setup {
  readonly exporter: Exporter<string>;
  readonly transport: ScriptedTransport;
  readonly effects: FakeEffects;
  readonly facts: readonly ExporterFacts[];
}

/** Own events read `loss <count> #<number>` and `heartbeat #<number>`; an event's first digit is its severity. */
function setup(options: Partial<ExporterOptions<string>> = {}): Setup {
  const transport = scriptedTransport();
  const effects = fakeEffects();
  const facts: ExporterFacts[] = [];
  const exporter = createExporter<string>({
    format: (text, { sequence }) => {
      if (text === "big") return "too_large";
      return { text: /^(loss|heartbeat)/.test(text) ? `${text} #${sequence.number}` : text, severity: Number(text[0]) };
    },
    transport,
    effects,
    ownEvent: (fact) => {
      facts.push(fact);
      return fact.kind === "loss" ? `loss ${fact.count}` : "heartbeat";
    },
    limits: { maxEvents: 2 },
    ...options,
  });
  return { exporter, transport, effects, facts };
}

test("what was lost in an outage is told once, right after the first send that works", async () => {
  const { exporter, transport, effects, facts } = setup({ maxBatchEvents: 1 });
  transport.follow(failing());
  exporter.send("6 a");
  exporter.send("6 b");
  await settled();
  effects.jump(1000);
  exporter.send("4 c"); // pushes out 6 b
  exporter.send("big");
  effects.jump(-400);
  exporter.send("6 d"); // refused
  transport.follow(() => undefined);
  await effects.advance(125);
  expect(transport.batches).toEqual([["6 a"], ["6 a"], ["loss 3 #6"], ["4 c"]]);
  expect(facts).toEqual([
    {
      kind: "loss",
      count: 3,
      byReason: { evicted: 1, too_large: 1, queue_full: 1 },
      bySeverity: { "6": 2, unknown: 1 },
      startMs: 1_700_000_000_000,
      endMs: 1_700_000_001_000,
      seqFrom: 2,
      seqTo: 5,
    },
  ]);
  expect(exporter.stats).toMatchObject({ accepted: 3, sent: 2, own: 1, lastSeq: 6, confirmedSeq: 6 });
  await effects.advance(60_000);
  expect(facts).toHaveLength(1);
});

test("a report stays the same until it is delivered, and later losses go into the next one", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(failing());
  exporter.send("big");
  await settled();
  exporter.send("big");
  expect(exporter.stats).toMatchObject({ lastSeq: 3, confirmedSeq: 1 });
  await effects.advance(125);
  transport.follow(() => undefined);
  await effects.advance(250);
  expect(transport.batches).toEqual([["loss 1 #2"], ["loss 1 #2"], ["loss 1 #2"]]);
  expect(exporter.stats.confirmedSeq).toBe(3);
  await effects.advance(10_000);
  expect(transport.batches.at(-1)).toEqual(["loss 1 #4"]);
});

test("while losses go on, reports keep their distance, and the timer between them holds no process", async () => {
  const { exporter, transport, effects } = setup({ lossReportIntervalMs: 3000 });
  for (let second = 0; second < 8; second++) {
    exporter.send("big");
    await effects.advance(1000);
  }
  expect(transport.batches).toEqual([["loss 1 #2"], ["loss 2 #5"], ["loss 3 #9"]]);
  expect(effects.timers()).toEqual({ loose: [1000], holding: [] });
});

test("a report that can never be sent is made anew, and loses nothing", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(failing({ code: "too_large", retryable: false }));
  exporter.send("big");
  await settled();
  transport.follow(() => undefined);
  exporter.send("big");
  await effects.advance(10_000);
  expect(transport.batches).toEqual([["loss 1 #2"], ["loss 2 #4"]]);
});

test("an ownEvent that throws disturbs nothing, and loses no loss", async () => {
  let broken = true;
  const { exporter, transport, effects } = setup({
    ownEvent: (fact) => {
      if (broken) throw new Error("password=hunter2");
      return fact.kind === "loss" ? `loss ${fact.count}` : "heartbeat";
    },
    heartbeatMs: 5000,
  });
  exporter.send("big");
  exporter.send("6 a");
  await effects.advance(5000);
  expect(transport.batches).toEqual([["6 a"]]);
  expect(exporter.stats).toMatchObject({
    sent: 1,
    lastError: { code: "format", message: "an own event could not be formatted" },
  });
  broken = false;
  await effects.advance(5000);
  expect(transport.batches).toEqual([["6 a"], ["loss 1 #5"], ["heartbeat #6"]]);
});

test("close tells the last losses, however recent the last report is", async () => {
  const { exporter, transport } = setup();
  exporter.send("big");
  await settled();
  exporter.send("big");
  exporter.send("6 a");
  await exporter.close();
  expect(transport.batches).toEqual([["loss 1 #2"], ["6 a"], ["loss 1 #5"]]);
});

test("close does not hang on an ownEvent that always throws", async () => {
  const { exporter } = setup({
    ownEvent: () => {
      throw new Error("never");
    },
  });
  exporter.send("big");
  expect(await exporter.close()).toEqual({ sent: 0, dropped: 1, left: 0 });
});

test("without ownEvent losses are counted and not told", async () => {
  const transport = scriptedTransport();
  const effects = fakeEffects();
  const exporter = createExporter<string>({ format: () => "too_large", transport, effects });
  exporter.send("a");
  await effects.advance(60_000);
  expect(transport.batches).toEqual([]);
  expect(effects.timers()).toEqual({ loose: [], holding: [] });
});

test("a heartbeat tells the counters, goes before the queue, and holds no process", async () => {
  const transport = scriptedTransport();
  const peer = { address: "127.0.0.1", port: 6514, certValidToMs: 1_700_000_000_000 + 10.5 * 86_400_000 };
  const { exporter, effects, facts } = setup({
    transport: { ...transport, state: "connected", peer },
    heartbeatMs: 300_000,
    maxBatchEvents: 1,
    target: "tls://collector:6514",
  });
  expect(effects.timers()).toEqual({ loose: [300_000], holding: [] });
  ["6 a", "6 b", "6 c"].forEach(exporter.send);
  await effects.advance(300_000);
  expect(transport.batches).toEqual([["6 a"], ["loss 1 #4"], ["6 b"], ["heartbeat #5"]]);
  expect(facts[1]).toEqual({
    kind: "heartbeat",
    accepted: 2,
    sent: 2,
    dropped: 1,
    queued: 0,
    lastSeq: 4,
    state: "connected",
    target: "tls://collector:6514",
    certDays: 10,
  });
});

test("a heartbeat is built when it can be sent, before the next batch", async () => {
  const { exporter, transport, effects, facts } = setup({ heartbeatMs: 1000, attemptTimeoutMs: 60_000 });
  transport.follow(stalled);
  exporter.send("6 a");
  await effects.advance(59_999);
  expect(facts).toEqual([]);
  transport.follow(() => undefined);
  await effects.advance(500);
  expect(transport.batches).toEqual([["6 a"], ["heartbeat #2"], ["6 a"]]);
  expect(facts).toMatchObject([{ queued: 1, lastSeq: 1 }]);
});

test("close ends the heartbeat", async () => {
  const { exporter, transport, effects } = setup({ heartbeatMs: 1000 });
  await exporter.close();
  await effects.advance(5000);
  expect(transport.batches).toEqual([]);
  expect(effects.timers()).toEqual({ loose: [], holding: [] });
});

test("a report that a broken connection may have lost is sent again", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000 });
  exporter.send("big");
  await settled();
  transport.breakDown(failure());
  await settled();
  expect(exporter.stats.confirmedSeq).toBe(2);
  await effects.advance(125);
  expect(transport.batches).toEqual([["loss 1 #2"], ["loss 1 #2"]]);
  expect(exporter.stats).toMatchObject({ own: 1, replayed: 1, confirmedSeq: 2 });
});

test("a report that comes again does not displace the one that waits", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000, lossReportIntervalMs: 100 });
  exporter.send("big");
  await effects.advance(100);
  transport.follow(() => {
    transport.breakDown();
    return Promise.reject(failure());
  });
  exporter.send("big");
  await settled();
  transport.follow(() => undefined);
  await effects.advance(125);
  expect(transport.batches).toEqual([["loss 1 #2"], ["loss 1 #4"], ["loss 1 #2"], ["loss 1 #4"]]);
});

test("a report that comes again and the one that waits are both untold", () => {
  const accounts = createAccounts(() => undefined);
  const notAsked = (): never => {
    throw new Error("nobody asked for it");
  };
  const ownEvents = createOwnEvents<string>({
    ownEvent: ({ kind }) => kind,
    format: (text) => ({ text, severity: 6 }),
    lossReportIntervalMs: 100,
    accounts,
    sequence: createSequence(() => 0),
    effects: fakeEffects(),
    heartbeat: notAsked,
    start: notAsked,
    stop: notAsked,
    onFailure: () => undefined,
  });
  accounts.refuse("queue_full", 5, 0);
  const first = ownEvents.next(true);
  ownEvents.delivered();
  accounts.refuse("queue_full", 9, 0);
  ownEvents.hurry();
  ownEvents.next(true);
  ownEvents.restore(first as OwnMessage);
  expect(ownEvents.untold.map(({ seqFrom }) => seqFrom)).toEqual([5, 9]);
});
