import { expect, test } from "vitest";
import { setup } from "../test/exporter-setup.ts";
import { failing, failure, stalled } from "../test/scripted-transport.ts";
import { settled } from "../test/fake-effects.ts";

test("the events of one task go out as one batch, in order", async () => {
  const { exporter, transport } = setup();
  exporter.send("a");
  exporter.send("b");
  await settled();
  exporter.send("c");
  await settled();
  expect(transport.batches).toEqual([["a", "b"], ["c"]]);
});

test("a batch is what arrived while the last one was under way", async () => {
  const { exporter, transport } = setup();
  let finish: () => void = () => undefined;
  transport.follow(() => new Promise((resolve) => (finish = resolve)));
  exporter.send("a");
  await settled();
  exporter.send("b");
  exporter.send("c");
  finish();
  await settled();
  expect(transport.batches).toEqual([["a"], ["b", "c"]]);
});

test("a batch keeps to its bounds in events and bytes, and holds at least one message", async () => {
  const { exporter, transport } = setup({ maxBatchEvents: 2, maxBatchBytes: 5 });
  for (const text of ["a", "b", "c", "four", "longer than five", "d"]) exporter.send(text);
  await settled();
  expect(transport.batches).toEqual([["a", "b"], ["c", "four"], ["longer than five"], ["d"]]);
});

test("every event gets a number under one boot id, dropped ones too", async () => {
  const contexts: unknown[] = [];
  const { exporter } = setup({
    format: (text, context) => {
      contexts.push(context);
      return text === "big" ? "too_large" : { text, severity: 6 };
    },
  });
  expect(exporter.send("a")).toBe(true);
  expect(exporter.send("big")).toBe(false);
  expect(exporter.send("b")).toBe(true);
  expect(contexts).toEqual([
    { nowMs: 1_700_000_000_000, sequence: { boot: "80000000", number: 1 } },
    { nowMs: 1_700_000_000_000, sequence: { boot: "80000000", number: 2 } },
    { nowMs: 1_700_000_000_000, sequence: { boot: "80000000", number: 3 } },
  ]);
  await settled();
  expect(exporter.stats).toMatchObject({
    accepted: 2,
    sent: 2,
    lastSeq: 3,
    confirmedSeq: 3,
    dropped: { too_large: 1 },
  });
});

test("a formatter that throws costs one event, and its words are not repeated", () => {
  const { exporter } = setup({
    format: () => {
      throw new Error("password=hunter2");
    },
  });
  expect(exporter.send("a")).toBe(false);
  expect(exporter.stats.dropped.refused).toBe(1);
  expect(exporter.stats.lastError).toEqual({ code: "format", message: "format threw", atMs: 1_700_000_000_000 });
});

test("a formatter that breaks its contract costs one event", () => {
  const { exporter } = setup({ format: () => JSON.parse("{}") as { text: string; severity: number } });
  expect(exporter.send("a")).toBe(false);
  expect(exporter.stats).toMatchObject({ accepted: 0, dropped: { refused: 1 } });
});

test("a full queue refuses and counts", () => {
  const { exporter, transport } = setup({ limits: { maxEvents: 2, dropPolicy: "newest" } });
  transport.follow(stalled);
  expect([exporter.send("a"), exporter.send("b"), exporter.send("c")]).toEqual([true, true, false]);
  expect(exporter.stats).toMatchObject({ accepted: 2, queuedEvents: 2, queuedBytes: 2, dropped: { queue_full: 1 } });
});

test("a severe event pushes out the least severe one, which is counted as evicted", async () => {
  const { exporter, transport, effects } = setup({
    limits: { maxEvents: 2 },
    format: (text) => ({ text, severity: Number(text[0]) }),
  });
  expect(["6 a", "5 b", "2 c"].map(exporter.send)).toEqual([true, true, true]);
  await effects.advance(0);
  expect(transport.batches).toEqual([["5 b", "2 c"]]);
  expect(exporter.stats).toMatchObject({ accepted: 3, sent: 2, confirmedSeq: 3, dropped: { evicted: 1 } });
});

test("what a failed send delivered is not sent again", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(failing({ delivered: 1 }));
  exporter.send("a");
  exporter.send("b");
  await settled();
  expect(exporter.stats).toMatchObject({ sent: 1, queuedEvents: 1, confirmedSeq: 1, state: "backing-off", errors: 1 });
  transport.follow(() => undefined);
  await effects.advance(125);
  expect(transport.batches).toEqual([["a", "b"], ["b"]]);
  expect(exporter.stats).toMatchObject({ sent: 2, retried: 1, errors: 1, state: "connected" });
});

test("a failing send is repeated for ever, after waits that double up to 30 s", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(failing());
  exporter.send("a");
  await settled();
  const waits: number[] = [];
  for (let attempt = 0; attempt < 10; attempt++) {
    const [wait = 0] = effects.timers().loose;
    waits.push(wait);
    await effects.advance(wait);
  }
  expect(waits).toEqual([125, 250, 500, 1000, 2000, 4000, 8000, 15000, 15000, 15000]);
  expect(exporter.stats).toMatchObject({ queuedEvents: 1, retried: 10, errors: 11 });
});

test("with maxAttempts a batch is given up and the rest goes on", async () => {
  const { exporter, transport, effects } = setup({ retry: { maxAttempts: 2 }, maxBatchEvents: 2 });
  transport.follow((messages) => (messages.includes("a") ? Promise.reject(failure()) : undefined));
  ["a", "b", "c"].forEach(exporter.send);
  await effects.advance(1000);
  expect(transport.batches).toEqual([["a", "b"], ["a", "b"], ["c"]]);
  expect(exporter.stats).toMatchObject({ sent: 1, dropped: { rejected: 2 }, confirmedSeq: 3 });
});

test("a message that can never be sent is rejected alone, at once", async () => {
  const { exporter, transport } = setup();
  transport.follow((messages) => {
    const delivered = messages.indexOf("bad");
    return delivered < 0 ? undefined : Promise.reject(failure({ code: "too_large", retryable: false, delivered }));
  });
  ["a", "bad", "b"].forEach(exporter.send);
  await settled();
  expect(transport.batches).toEqual([["a", "bad", "b"], ["b"]]);
  expect(exporter.stats).toMatchObject({ sent: 2, dropped: { rejected: 1 }, retried: 0, errors: 1, confirmedSeq: 3 });
});

test("a transport that someone else closed rejects nothing: the events wait", async () => {
  const { exporter, transport } = setup();
  transport.follow(failing({ code: "closed", retryable: false }));
  exporter.send("a");
  await settled();
  expect(exporter.stats).toMatchObject({ queuedEvents: 1, dropped: { rejected: 0 }, lastError: { code: "closed" } });
});

test("an error that is no TransportError is retried, and its words are not repeated", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(() => Promise.reject(new Error("cannot write <134>password=hunter2")));
  exporter.send("a");
  await settled();
  expect(exporter.stats.lastError).toEqual({
    code: "io",
    message: "transport failed without a TransportError",
    atMs: 1_700_000_000_000,
  });
  transport.follow(() => undefined);
  await effects.advance(125);
  expect(exporter.stats.sent).toBe(1);
});

test("a send that takes too long is aborted and repeated, with one timer at a time", async () => {
  const { exporter, transport, effects } = setup({ attemptTimeoutMs: 3000 });
  transport.follow(stalled);
  exporter.send("a");
  await settled();
  expect(effects.timers()).toEqual({ loose: [3000], holding: [] });
  await effects.advance(3000);
  expect(exporter.stats).toMatchObject({ state: "backing-off", lastError: { code: "timeout" } });
  transport.follow(() => undefined);
  await effects.advance(125);
  expect(exporter.stats.sent).toBe(1);
  expect(effects.timers()).toEqual({ loose: [], holding: [] });
});

test("a send that works does not make a collector well: waits go on doubling until 5 s were good", async () => {
  const { exporter, transport, effects } = setup();
  exporter.send("a");
  await settled();
  const waits: number[] = [];
  for (const goodMs of [0, 0, 0, 5000]) {
    await effects.advance(goodMs);
    transport.breakDown();
    exporter.send("next");
    await settled();
    const [wait = 0] = effects.timers().loose;
    waits.push(wait);
    await effects.advance(wait);
  }
  expect(waits).toEqual([125, 250, 500, 125]);
});

test("a queue that fails costs no process: the loop waits and goes on", async () => {
  let broken = true;
  const texts: string[] = [];
  const { exporter, transport, effects } = setup({
    queue: {
      size: 0,
      bytes: 0,
      offer: (message) => (texts.push(message.text), []),
      peek: () => {
        if (broken) throw new Error("disk");
        return texts;
      },
      release: (count) => texts.splice(0, count),
      rewind: () => 0,
    },
  });
  exporter.send("a");
  await settled();
  expect(exporter.stats).toMatchObject({ queuedEvents: 1, lastError: { code: "io", message: "queue failed" } });
  broken = false;
  await effects.advance(125);
  expect(transport.batches).toHaveLength(1);
  expect(exporter.stats.sent).toBe(1);
});

test("stats are a snapshot", async () => {
  const { exporter } = setup({ target: "tcp://collector:514" });
  const before = exporter.stats;
  exporter.send("a");
  await settled();
  const queue = {
    accepted: 0,
    dropped: { queue_full: 0, too_large: 0, refused: 0, closed: 0, evicted: 0, rejected: 0, shutdown: 0, damaged: 0 },
    queuedEvents: 0,
    queuedBytes: 0,
    lastSeq: 0,
    confirmedSeq: 0,
  };
  const counts = { sent: 0, replayed: 0, retried: 0, errors: 0 };
  expect(before).toEqual({
    ...queue,
    ...counts,
    own: 0,
    state: "connected",
    targets: [{ target: "tcp://collector:514", active: true, state: "connected", ...counts, queue }],
  });
  expect(exporter.stats.targets[0]?.sent).toBe(1);
});
