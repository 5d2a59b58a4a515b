import { expect, test } from "vitest";
import { setup as exporterSetup, type Setup } from "../test/exporter-setup.ts";
import { settled } from "../test/fake-effects.ts";
import { failing, failure } from "../test/scripted-transport.ts";
import { type ExporterOptions } from "./exporter-options.ts";
import { memoryQueue } from "./memory-queue.ts";
import { type Queue } from "./queue.ts";
import { createReplayWindow } from "./replay-window.ts";

function setup(options: Partial<ExporterOptions<string>> = {}): Setup {
  return exporterSetup({ replayWindowMs: 2000, ...options });
}

function withoutKeepYoungest(queue: Queue): Queue {
  return {
    get size() {
      return queue.size;
    },
    get bytes() {
      return queue.bytes;
    },
    offer: queue.offer,
    peek: queue.peek,
    release: queue.release,
    rewind: queue.rewind,
  };
}

test("what was handed over shortly before the last send comes again after a break, before anything new", async () => {
  const { exporter, transport, effects } = setup();
  exporter.send("old");
  await effects.advance(1500);
  exporter.send("b");
  await effects.advance(1500);
  exporter.send("c");
  await effects.advance(60_000); // how long the connection was silent before it broke does not matter
  transport.breakDown();
  exporter.send("d");
  await effects.advance(125);
  expect(transport.batches).toEqual([["old"], ["b"], ["c"], ["b", "c", "d"]]);
  expect(exporter.stats).toMatchObject({ accepted: 4, sent: 4, replayed: 2, queuedEvents: 0, errors: 1 });
});

test("without a window nothing is sent twice", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 0 });
  exporter.send("a");
  await settled();
  transport.breakDown();
  exporter.send("b");
  await effects.advance(125);
  expect(transport.batches).toEqual([["a"], ["b"]]);
});

test("replays wait for the connection like new events, and are counted apart from them", async () => {
  const { exporter, transport, effects } = setup();
  exporter.send("a");
  exporter.send("b");
  await settled();
  transport.follow(failing());
  transport.breakDown();
  await effects.advance(125);
  exporter.send("c");
  expect(exporter.stats).toMatchObject({ sent: 2, replayed: 0, queuedEvents: 1, queuedBytes: 3, state: "backing-off" });
  transport.follow(() => undefined);
  await effects.advance(250);
  expect(transport.batches.slice(1)).toEqual([
    ["a", "b"],
    ["a", "b", "c"],
  ]);
  expect(exporter.stats).toMatchObject({ sent: 3, replayed: 2, queuedEvents: 0, confirmedSeq: 3 });
});

test("a break that a failed send tells too is one error, and what the send delivered comes again", async () => {
  const { exporter, transport, effects } = setup();
  transport.follow(() => {
    transport.breakDown();
    return Promise.reject(failure({ delivered: 1 }));
  });
  exporter.send("a");
  exporter.send("b");
  await settled();
  expect(exporter.stats.errors).toBe(1);
  transport.follow(() => undefined);
  await effects.advance(125);
  expect(transport.batches).toEqual([
    ["a", "b"],
    ["a", "b"],
  ]);
  expect(exporter.stats).toMatchObject({ sent: 2, replayed: 1 });
});

test("a second break in the middle of a replay repeats it in the same order", async () => {
  const { exporter, transport, effects } = setup({ maxBatchEvents: 2 });
  ["a", "b", "c", "d"].forEach(exporter.send);
  await settled();
  transport.breakDown();
  transport.follow((messages) => {
    if (!messages.includes("c")) return undefined;
    transport.breakDown();
    return Promise.reject(failure());
  });
  await effects.advance(125);
  transport.follow(() => undefined);
  await effects.advance(250);
  expect(transport.batches.slice(2)).toEqual([
    ["a", "b"],
    ["c", "d"],
    ["a", "b"],
    ["c", "d"],
  ]);
  expect(exporter.stats).toMatchObject({ sent: 4, replayed: 6 });
});

test("a replay that is rejected was sent once: it is no loss, and costs no other event", async () => {
  const { exporter, transport, effects } = setup();
  exporter.send("a");
  await settled();
  transport.breakDown();
  exporter.send("b");
  transport.follow((messages) =>
    messages[0] === "a" ? Promise.reject(failure({ code: "too_large", retryable: false })) : undefined,
  );
  await effects.advance(125);
  expect(transport.batches).toEqual([["a"], ["a", "b"], ["b"]]);
  expect(exporter.stats).toMatchObject({ accepted: 2, sent: 2, replayed: 0, dropped: { rejected: 0 } });
});

test("flush waits for replays", async () => {
  const { exporter, transport, effects } = setup();
  exporter.send("a");
  await settled();
  transport.breakDown();
  await settled();
  let flushed: boolean | undefined;
  const flushing = exporter.flush().then((result) => (flushed = result));
  await settled();
  expect(flushed).toBeUndefined();
  await effects.advance(125);
  await flushing;
  expect(flushed).toBe(true);
});

test.each([
  ["", memoryQueue],
  [", also with a queue that can only give it back", () => withoutKeepYoungest(memoryQueue())],
])("lets go of what is too old while it is in use, not only after a break%s", (_which, open) => {
  const queue = open();
  const window = createReplayWindow(queue, 1000);
  for (let second = 0; second < 10; second++) {
    queue.offer({ text: `at ${second} s`, severity: 6 });
    queue.peek(1, 100);
    window.handOver(1, {}, second * 1000, 0);
  }
  expect(queue.rewind()).toBeLessThanOrEqual(4);
  expect(queue.peek(10, 1000).slice(-2)).toEqual(["at 8 s", "at 9 s"]);
});

test("keeps what the peer has not acknowledged yet for as long as it takes, and sends it again when it was silent", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000 });
  for (let second = 0; second < 20; second++) {
    transport.acknowledgeNothingFor(second < 8 ? 0 : (second - 8) * 1000);
    exporter.send(`at ${String(second)} s`);
    await effects.advance(1000);
  }
  transport.follow(() => undefined);
  transport.breakDown(failure({ code: "timeout", silentMs: 12_000 }));
  await effects.advance(1000);
  expect(exporter.stats.replayed).toBe(14);
  expect(transport.batches.slice(20).flat().slice(0, 3)).toEqual(["at 6 s", "at 7 s", "at 8 s"]);
});

test("sends no more than the window again when the peer was not silent", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000 });
  for (let second = 0; second < 10; second++) {
    transport.acknowledgeNothingFor(5000);
    exporter.send(`at ${String(second)} s`);
    await effects.advance(1000);
  }
  transport.breakDown();
  await effects.advance(1000);
  expect(transport.batches.slice(10).flat()).toEqual(["at 7 s", "at 8 s", "at 9 s"]);
});

test("a stall that took a part of a batch loses nothing of what the peer was silent about before", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000 });
  for (let number = 0; number < 5; number++) {
    exporter.send(`before ${String(number)}`);
    await effects.advance(100);
    transport.acknowledgeNothingFor(100 * (number + 1));
  }
  const stall = { code: "timeout", silentMs: 16_000 } as const;
  transport.follow(async () => {
    await new Promise<void>((resolve) => effects.setTimer(resolve, 15_000));
    transport.acknowledgeNothingFor(0); // there is no connection any more
    transport.breakDown(failure(stall));
    transport.follow(() => undefined);
    throw failure({ ...stall, delivered: 1 });
  });
  exporter.send("x");
  exporter.send("y");
  await effects.advance(20_000);
  expect(transport.batches.slice(6).flat()).toEqual([
    ...["before 0", "before 1", "before 2", "before 3", "before 4"],
    ...["x", "y"],
  ]);
});

test("flush waits for replays that were told by a break before it asked", async () => {
  const { exporter, transport, effects } = setup({ replayWindowMs: 2000 });
  exporter.send("a");
  await effects.advance(100);
  transport.follow(() => {
    transport.follow(() => undefined);
    transport.breakDown();
    return undefined;
  });
  exporter.send("b");
  const atFlush = exporter.flush().then((flushed) => [flushed, exporter.stats.replayed]);
  await effects.advance(1000);
  expect(await atFlush).toEqual([true, 2]);
});

test("the exporter's own events show that a connection carries: what is older is not sent again", async () => {
  const { exporter, transport, effects } = setup({
    replayWindowMs: 2000,
    heartbeatMs: 1000,
    ownEvent: ({ kind }) => kind,
  });
  exporter.send("a");
  await effects.advance(10_000);
  transport.breakDown();
  await effects.advance(500);
  expect(exporter.stats.replayed).toBe(0);
});
