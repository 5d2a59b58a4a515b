import { expect, test } from "vitest";
import { setup } from "../test/exporter-setup.ts";
import { settled } from "../test/fake-effects.ts";
import { failing, failure, scriptedTransport, stalled } from "../test/scripted-transport.ts";

test("close sends what is queued, closes the transport, and takes nothing more", async () => {
  const { exporter, transport, effects } = setup();
  exporter.send("a");
  exporter.send("b");
  const closing = exporter.close();
  expect(exporter.send("late")).toBe(false);
  expect(await closing).toEqual({ sent: 2, dropped: 1, left: 0 });
  expect(transport.batches).toEqual([["a", "b"]]);
  expect(transport.closes).toBe(1);
  expect(exporter.stats).toMatchObject({ state: "closed", lastSeq: 3, confirmedSeq: 3, dropped: { closed: 1 } });
  expect(effects.timers()).toEqual({ loose: [], holding: [] });
});

test("close waits a moment for a break, and sends again what may have been lost", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000 });
  exporter.send("a");
  const closing = exporter.close({ timeoutMs: 3000 });
  await effects.advance(100);
  expect(transport.batches).toEqual([["a"]]);
  transport.breakDown();
  await effects.advance(125);
  expect(transport.batches).toEqual([["a"], ["a"]]);
  await effects.advance(249);
  expect(transport.closes).toBe(0);
  await effects.advance(1);
  expect(await closing).toEqual({ sent: 1, dropped: 0, left: 0 });
  expect(exporter.stats).toMatchObject({ sent: 1, replayed: 1, errors: 1 });
  expect(effects.timers()).toEqual({ loose: [], holding: [] });
});

test("what a broken connection may have lost and could not be sent again is left, not sent", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000 });
  exporter.send("a");
  const closing = exporter.close({ timeoutMs: 1000 });
  await effects.advance(100);
  transport.follow(failing());
  transport.breakDown();
  await effects.advance(900);
  expect(await closing).toEqual({ sent: 0, dropped: 0, left: 1 });
  expect(exporter.stats).toMatchObject({ accepted: 1, sent: 0, queuedEvents: 0, dropped: { shutdown: 1 } });
  expect(effects.timers()).toEqual({ loose: [], holding: [] });
});

test("close does not wait where nothing was handed over of late", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000 });
  exporter.send("a");
  await effects.advance(250);
  const closing = exporter.close();
  await effects.advance(0);
  expect(await closing).toEqual({ sent: 1, dropped: 0, left: 0 });
  expect(transport.closes).toBe(1);
});

test("close is idempotent", async () => {
  const { exporter, transport } = setup();
  const first = exporter.close();
  expect(exporter.close({ timeoutMs: 1 })).toBe(first);
  await first;
  expect(transport.closes).toBe(1);
});

test("at its deadline close aborts, believes what the send delivered, and counts the rest as shutdown", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(
    (_messages, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => {
          reject(failure({ code: "timeout", delivered: 1 }));
        });
      }),
  );
  ["a", "b", "c"].forEach(exporter.send);
  const closing = exporter.close({ timeoutMs: 1000 });
  await effects.advance(899);
  expect(exporter.stats.queuedEvents).toBe(3);
  await effects.advance(1);
  expect(await closing).toEqual({ sent: 1, dropped: 0, left: 2 });
  expect(exporter.stats).toMatchObject({ sent: 1, queuedEvents: 0, queuedBytes: 0, dropped: { shutdown: 2 } });
  expect(effects.timers()).toEqual({ loose: [], holding: [] });
});

test("close does not hang on a transport that ignores everything", async () => {
  const { exporter, effects } = setup({ transport: deaf() });
  exporter.send("a");
  const closing = exporter.close({ timeoutMs: 1000 });
  await effects.advance(1000);
  expect(await closing).toEqual({ sent: 0, dropped: 0, left: 1 });

  function deaf() {
    const never = new Promise<void>(() => undefined);
    return { ...scriptedTransport(), send: () => never, close: () => never };
  }
});

test("close does not reject when the transport cannot be closed", async () => {
  const { exporter } = setup({
    transport: {
      ...scriptedTransport(),
      close: () => {
        throw new Error("broken");
      },
    },
  });
  expect(await exporter.close()).toEqual({ sent: 0, dropped: 0, left: 0 });
});

test("close does not wait for the next attempt", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(failing());
  exporter.send("a");
  await effects.advance(60_000);
  transport.follow(() => undefined);
  const closing = exporter.close();
  await settled();
  expect(await closing).toEqual({ sent: 1, dropped: 0, left: 0 });
});

test("a send that ends after close was done changes no counter", async () => {
  let finish: () => void = () => undefined;
  const { exporter, transport, effects } = setup();
  transport.follow(() => new Promise((resolve) => (finish = resolve)));
  exporter.send("a");
  const closing = exporter.close({ timeoutMs: 0 });
  await effects.advance(0);
  await closing;
  finish();
  await settled();
  expect(exporter.stats).toMatchObject({ accepted: 1, sent: 0, dropped: { shutdown: 1 } });
});

test("a replay that ends after close was done changes no counter: its event counts as left", async () => {
  let finish: () => void = () => undefined;
  const { exporter, transport, effects } = setup({ replayWindowMs: 1000 });
  exporter.send("a");
  await settled();
  transport.follow(() => new Promise((resolve) => (finish = resolve)));
  transport.breakDown();
  await effects.advance(125);
  const closing = exporter.close({ timeoutMs: 0 });
  await effects.advance(0);
  expect(await closing).toEqual({ sent: 0, dropped: 0, left: 1 });
  finish();
  await settled();
  expect(exporter.stats).toMatchObject({ sent: 0, replayed: 0, dropped: { shutdown: 1 } });
});

test("an abort at the deadline gives nothing up as rejected", async () => {
  const { exporter, transport, effects } = setup({ retry: { maxAttempts: 1 } });
  transport.follow(stalled);
  exporter.send("a");
  const closing = exporter.close({ timeoutMs: 100 });
  await effects.advance(100);
  await closing;
  expect(exporter.stats).toMatchObject({ errors: 0, dropped: { rejected: 0, shutdown: 1 } });
});

test("flush waits for what was accepted before it, not for what came later", async () => {
  const { exporter, transport } = setup({ maxBatchEvents: 1 });
  const finish: (() => void)[] = [];
  transport.follow(() => new Promise((resolve) => finish.push(resolve)));
  exporter.send("a");
  const flushed = exporter.flush();
  exporter.send("b");
  await settled();
  finish.shift()?.();
  expect(await flushed).toBe(true);
  expect(exporter.stats.queuedEvents).toBe(1);
});

test("flush is true when there is nothing to wait for, also after close", async () => {
  const { exporter, effects } = setup();
  expect(await exporter.flush()).toBe(true);
  await exporter.close();
  expect(await exporter.flush()).toBe(true);
  expect(effects.timers().holding).toEqual([]);
});

test("flush is false at its time limit, and holds the process until then only", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(stalled);
  exporter.send("a");
  const flushed = exporter.flush({ timeoutMs: 700 });
  await settled();
  expect(effects.timers().holding).toEqual([700]);
  await effects.advance(700);
  expect(await flushed).toBe(false);
  expect(effects.timers().holding).toEqual([]);
});

test("flush is false when close gave up its events", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(stalled);
  exporter.send("a");
  const flushed = exporter.flush({ timeoutMs: 60_000 });
  const closing = exporter.close({ timeoutMs: 100 });
  await effects.advance(100);
  await closing;
  expect(await flushed).toBe(false);
  expect(effects.timers().holding).toEqual([]);
});

test("a pending close holds the process", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(stalled);
  exporter.send("a");
  const closing = exporter.close({ timeoutMs: 5000 });
  await settled();
  expect(effects.timers().holding).toEqual([4750]);
  await effects.advance(5000);
  await closing;
});

test("ready waits until half the queue is free, in events and in bytes", async () => {
  const { exporter, transport } = setup({ limits: { maxEvents: 4, maxBytes: 100 }, maxBatchEvents: 1 });
  const finish: (() => void)[] = [];
  transport.follow(() => new Promise((resolve) => finish.push(resolve)));
  await exporter.ready();
  ["x".repeat(60), "b"].forEach(exporter.send);
  let ready = false;
  const waiting = exporter.ready().then(() => (ready = true));
  await settled();
  expect(ready).toBe(false);
  finish.shift()?.();
  await waiting;
  expect(exporter.stats.queuedEvents).toBe(1);
});

test("ready resolves when the exporter is closed", async () => {
  const { exporter, transport, effects } = setup({ limits: { maxEvents: 1 } });
  transport.follow(stalled);
  exporter.send("a");
  const waiting = exporter.ready();
  const closing = exporter.close({ timeoutMs: 10 });
  await waiting;
  await effects.advance(10);
  expect((await closing).left).toBe(1);
});

test("close waits until the peer has acknowledged what was sent last", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000 });
  exporter.send("a");
  await settled();
  transport.acknowledgeNothingFor(100);
  let report: unknown;
  const closing = exporter.close({ timeoutMs: 5000 }).then((result) => (report = result));
  await effects.advance(1000);
  expect(report).toBeUndefined();
  transport.acknowledgeNothingFor(0);
  await closing;
  expect(report).toEqual({ sent: 1, dropped: 0, left: 0 });
});

test("what the peer never acknowledged counts as left at the time limit", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000 });
  exporter.send("a");
  await effects.advance(3000);
  exporter.send("b");
  exporter.send("c");
  await effects.advance(1000);
  transport.acknowledgeNothingFor(2000);
  const closing = exporter.close({ timeoutMs: 1000 });
  await effects.advance(1000);
  expect(await closing).toEqual({ sent: 1, dropped: 0, left: 2 });
  const { accepted, sent, dropped } = exporter.stats;
  expect([accepted, sent, dropped.shutdown]).toEqual([3, 1, 2]);
  expect(effects.timers()).toEqual({ loose: [], holding: [] });
});

test("what was never acknowledged counts as left also when a send is cut short at the end", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000 });
  exporter.send("a");
  await settled();
  transport.acknowledgeNothingFor(1000);
  transport.follow(async (messages, signal) => {
    await stalled(messages, signal)?.catch((error: unknown) => {
      transport.acknowledgeNothingFor(0); // the connection has ended with the send
      transport.breakDown(failure({ code: "timeout", silentMs: 1000 }));
      throw error;
    });
  });
  exporter.send("b");
  await effects.advance(1000);
  transport.acknowledgeNothingFor(2000);
  const closing = exporter.close({ timeoutMs: 1000 });
  await effects.advance(1000);
  expect(await closing).toEqual({ sent: 0, dropped: 0, left: 2 });
});

test("flush settles at once after a close that took something back", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000 });
  exporter.send("a");
  await settled();
  transport.acknowledgeNothingFor(5000);
  const closing = exporter.close({ timeoutMs: 1000 });
  await effects.advance(1000);
  expect(await closing).toEqual({ sent: 0, dropped: 0, left: 1 });
  expect(await exporter.flush()).toBe(true);
  expect(exporter.stats.targets.map(({ sent }) => sent)).toEqual([0]);
});
