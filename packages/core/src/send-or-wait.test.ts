import { expect, test } from "vitest";
import { setup } from "../test/exporter-setup.ts";
import { settled } from "../test/fake-effects.ts";
import { failing, failure, stalled } from "../test/scripted-transport.ts";
import { exportToAll } from "./export-to-all.ts";

test("without a store, an event that the queue has taken is accepted", async () => {
  const { exporter, transport } = setup();
  transport.follow(stalled);
  await expect(exporter.sendOrWait("a")).resolves.toBeUndefined();
  expect(exporter.stats.queuedEvents).toBe(1);
});

test("an event that is dropped at once is told with the reason", async () => {
  const { exporter, transport } = setup({ limits: { maxEvents: 1, dropPolicy: "newest" } });
  transport.follow(stalled);
  await exporter.sendOrWait("a");
  await expect(exporter.sendOrWait("b")).rejects.toMatchObject({
    name: "SendError",
    code: "dropped",
    reason: "queue_full",
    message: "event 2 was dropped: queue_full",
  });
});

test("until acknowledged, it waits for the hand-over of the event and all before it", async () => {
  const { exporter, transport, effects } = setup({ maxBatchEvents: 1 });
  let release = (): void => undefined;
  transport.follow(() => new Promise((resolve) => (release = resolve)));
  exporter.send("a");
  let isDone = false;
  const done = exporter.sendOrWait("b", { until: "acknowledged" }).then(() => (isDone = true));
  await settled();
  release();
  await settled();
  expect(isDone).toBe(false);
  release();
  await done;
  expect(transport.batches).toEqual([["a"], ["b"]]);
  expect(effects.timers().holding).toEqual([]);
});

test("at the time limit it rejects, and the event is sent all the same", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(failing());
  const failed = expect(exporter.sendOrWait("a", { until: "acknowledged", timeoutMs: 100 })).rejects.toMatchObject({
    code: "timeout",
    message: "event 1 is not known to be safe after 100 ms; it may be later",
  });
  await settled();
  expect(effects.timers().holding).toEqual([100]);
  await effects.advance(100);
  await failed;
  transport.follow(() => undefined);
  await effects.advance(60_000);
  expect(exporter.stats.sent).toBe(1);
});

test("an event that is pushed out, or that the transport cannot carry, is told", async () => {
  const { exporter, transport } = setup({
    limits: { maxEvents: 2 },
    format: (text) => ({ text, severity: Number(text[0]) }),
    maxBatchEvents: 1,
  });
  transport.follow(stalled);
  exporter.send("6 under way");
  await settled();
  const evicted = exporter.sendOrWait("6 a", { until: "acknowledged" });
  exporter.send("2 b");
  await expect(evicted).rejects.toMatchObject({ code: "dropped", reason: "evicted" });

  const other = setup();
  other.transport.follow(() => Promise.reject(failure({ code: "too_large", retryable: false })));
  const rejected = other.exporter.sendOrWait("b", { until: "acknowledged" });
  await expect(rejected).rejects.toMatchObject({ code: "dropped", reason: "rejected" });
});

test("an event that waits when the exporter is closed, or comes later, is told", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(stalled);
  const waiting = expect(exporter.sendOrWait("a", { until: "acknowledged", timeoutMs: 60_000 })).rejects.toMatchObject({
    code: "dropped",
    reason: "shutdown",
  });
  const closed = exporter.close({ timeoutMs: 100 });
  await effects.advance(100);
  await closed;
  await waiting;
  await expect(exporter.sendOrWait("b")).rejects.toMatchObject({ code: "closed" });
  expect(effects.timers().holding).toEqual([]);
});

test("no error holds what the event says", async () => {
  const { exporter } = setup({ format: () => "too_large" });
  await expect(exporter.sendOrWait("secret")).rejects.toThrow(/^event 1 was dropped: too_large$/);
});

test("with several exporters, it waits for all of them", async () => {
  const [one, other] = [setup(), setup()];
  const all = exportToAll([one.exporter, other.exporter]);
  await all.sendOrWait("a", { until: "acknowledged" });
  expect([one.exporter.stats.sent, other.exporter.stats.sent]).toEqual([1, 1]);
  await other.exporter.close();
  await expect(all.sendOrWait("b")).rejects.toMatchObject({ code: "closed" });
});
