import { expect, onTestFinished, test, vi } from "vitest";
import { watchAcknowledgement } from "./watch-acknowledgement.ts";

interface Scene {
  /** What each look finds in the queue, beginning with the first. The last one is found for ever. */
  readonly queue: readonly (number | undefined)[];
  /** Bytes handed over before each look. */
  readonly handed: readonly number[];
}

const END = 40; // looks: far more than fit into the limit

function fakeClocks(): void {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
}

/** Plays a scene with a limit of 15 ms, so a look every 5 ms. Gives how it ended. */
async function play({ queue, handed }: Scene): Promise<"silent" | "never silent" | "idle"> {
  fakeClocks();
  let looks = 0;
  let silences = 0;
  const watch = watchAcknowledgement({
    limitMs: 15,
    readQueue: () => {
      looks += 1;
      return Promise.resolve(queue[Math.min(looks, queue.length) - 1]);
    },
    onSilence: () => {
      silences += 1;
    },
  });
  onTestFinished(watch.stop);
  for (let look = 0; look < END; look++) {
    const bytes = handed[Math.min(look, handed.length - 1)] ?? 0;
    watch.handed(bytes);
    watch.taken(bytes);
    await vi.advanceTimersByTimeAsync(5);
    if (silences > 0) return "silent";
    if (watch.unacknowledgedMs === 0) return "idle";
  }
  return "never silent";
}

const range = (value: (index: number) => number): readonly number[] => Array.from({ length: END }, (_, i) => value(i));

test.each([
  ["nothing more is written and nothing leaves the queue", { queue: [300], handed: [300, 0] }, "silent"],
  ["the queue grows by just what is written", { queue: range((i) => 300 * (i + 1)), handed: [300] }, "silent"],
  ["TLS makes it grow by more than is written", { queue: range((i) => 322 * (i + 1)), handed: [300] }, "silent"],
  ["the peer falls silent after a while", { queue: [900, 600, 300], handed: [900, 0] }, "silent"],
  ["the queue is empty at the first look", { queue: [0], handed: [300, 0] }, "idle"],
  ["the queue empties", { queue: [300, 300, 0], handed: [300, 0] }, "idle"],
  ["the queue cannot be read", { queue: [undefined], handed: [300, 0] }, "idle"],
  ["the peer is slow", { queue: range((i) => 10_000 - i), handed: [10_000, 0] }, "never silent"],
  ["the peer is slower than the writer", { queue: range((i) => 299 * (i + 1)), handed: [300] }, "never silent"],
  ["the last message is always under way", { queue: [322], handed: [300] }, "never silent"],
] as const)("%s", async (_name, scene, outcome) => {
  expect(await play(scene)).toBe(outcome);
});

test("what is handed over during a look is watched although the look finds nothing", async () => {
  fakeClocks();
  let looks = 0;
  let silences = 0;
  const watch = watchAcknowledgement({
    limitMs: 15,
    readQueue: () => {
      looks += 1;
      if (looks === 1) watch.handed(300);
      return Promise.resolve(looks === 1 ? 0 : 300);
    },
    onSilence: () => {
      silences += 1;
    },
  });
  onTestFinished(watch.stop);
  watch.handed(300);
  await vi.advanceTimersByTimeAsync(30);
  expect(silences).toBeGreaterThan(0);
});

test("a watch that was stopped looks no more", async () => {
  fakeClocks();
  let looks = 0;
  let answer: (bytes: number) => void = () => undefined;
  const watch = watchAcknowledgement({
    limitMs: 15,
    readQueue: () => {
      looks += 1;
      return new Promise((resolve) => {
        answer = resolve;
      });
    },
    onSilence: () => expect.unreachable(),
  });
  watch.handed(300);
  await vi.advanceTimersByTimeAsync(5);
  watch.stop();
  watch.handed(300);
  answer(300);
  await vi.advanceTimersByTimeAsync(1000);
  expect(looks).toBe(1);
  expect(vi.getTimerCount()).toBe(0);
});

test("tells since when bytes may be unacknowledged, and for how long the peer has been silent", async () => {
  fakeClocks();
  let queuedBytes: number | undefined = 0;
  const watch = watchAcknowledgement({
    limitMs: 15_000,
    lookMs: 5000,
    readQueue: () => Promise.resolve(queuedBytes),
    onSilence: () => undefined,
  });
  onTestFinished(watch.stop);
  const hand = (bytes: number): void => {
    watch.handed(bytes);
    watch.taken(bytes);
  };
  const seen = (): readonly number[] => [watch.unacknowledgedMs, watch.silentMs];
  expect(seen()).toEqual([0, 0]);
  hand(100);
  await vi.advanceTimersByTimeAsync(4000);
  expect(seen()).toEqual([4000, 0]); // nobody has looked yet
  hand(100);
  queuedBytes = 100;
  await vi.advanceTimersByTimeAsync(1000);
  expect(seen()).toEqual([1000, 0]); // of two messages, written after 0 and 4 s, the first is acknowledged
  hand(100);
  queuedBytes = 100;
  await vi.advanceTimersByTimeAsync(5000);
  expect(seen()).toEqual([5000, 0]); // the second is, too, and the third was written after 5 s
  hand(100);
  queuedBytes = 200;
  await vi.advanceTimersByTimeAsync(5000);
  expect(seen()).toEqual([10_000, 10_000]);
  queuedBytes = 0;
  await vi.advanceTimersByTimeAsync(5000);
  expect(seen()).toEqual([0, 0]);
});

test("bytes handed over while the queue is being read are no acknowledgement", async () => {
  fakeClocks();
  const written = { bytes: 0 };
  let looks = 0;
  let silences = 0;
  const write = (bytes: number): void => {
    written.bytes += bytes;
    watch.handed(bytes);
    watch.taken(bytes);
  };
  const watch = watchAcknowledgement({
    limitMs: 3000,
    readQueue: () => {
      looks += 1;
      if (looks % 2 === 1) write(500); // after the look has begun, and before the table is read
      return Promise.resolve(written.bytes);
    },
    onSilence: () => {
      silences += 1;
    },
  });
  onTestFinished(watch.stop);
  for (let second = 0; second < 10; second++) {
    write(100);
    await vi.advanceTimersByTimeAsync(1000);
  }
  expect(silences).toBeGreaterThan(0);
});

test("looks at once, and again soon, for someone who waits until everything is acknowledged", async () => {
  fakeClocks();
  let queuedBytes: number | undefined = 100;
  const watch = watchAcknowledgement({
    limitMs: 15_000,
    lookMs: 5000,
    readQueue: () => Promise.resolve(queuedBytes),
    onSilence: () => expect.unreachable(),
  });
  onTestFinished(watch.stop);
  expect(await watch.drained(AbortSignal.abort())).toBe(true); // nothing was handed over
  const hand = (bytes: number): void => {
    watch.handed(bytes);
    watch.taken(bytes);
  };
  hand(100);
  expect(await watch.drained(AbortSignal.abort())).toBe(false);
  const waiting = watch.drained(new AbortController().signal);
  await vi.advanceTimersByTimeAsync(100);
  queuedBytes = 0;
  await vi.advanceTimersByTimeAsync(50);
  expect(await waiting).toBe(true);
  hand(100);
  queuedBytes = 100;
  const stopped = watch.drained(new AbortController().signal);
  await vi.advanceTimersByTimeAsync(10);
  watch.stop();
  expect(await stopped).toBe(false);
  expect(vi.getTimerCount()).toBe(0);
});

test("bytes that the kernel has not taken yet are no acknowledgement of others", async () => {
  fakeClocks();
  let queuedBytes = 500;
  const watch = watchAcknowledgement({
    limitMs: 15_000,
    lookMs: 5000,
    readQueue: () => Promise.resolve(queuedBytes),
    onSilence: () => undefined,
  });
  onTestFinished(watch.stop);
  watch.handed(500);
  watch.taken(500);
  await vi.advanceTimersByTimeAsync(5000);
  watch.handed(65_536); // of which the kernel takes 40 000 until it is full
  queuedBytes = 40_500;
  await vi.advanceTimersByTimeAsync(10_000);
  expect([watch.unacknowledgedMs, watch.silentMs]).toEqual([15_000, 15_000]);
});
