import { assert, array, constantFrom, integer, oneof, property, record, constant } from "fast-check";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { settled } from "../test/fake-effects.ts";
import { memoryQueue } from "./memory-queue.ts";
import { type Message } from "./message.ts";
import { type DropPolicy } from "./queue-limits.ts";
import { type Queue } from "./queue.ts";

const message = (text: string, severity = 6): Message => ({ text, severity });
const of = (group: string, text: string, severity = 6): Message => ({ text, severity, group });
const all = (queue: Queue): readonly string[] => queue.peek(Infinity, Infinity);
function filled(queue: Queue, ...messages: readonly Message[]): Queue {
  for (const each of messages) queue.offer(each);
  return queue;
}

test("gives messages in the order of acceptance, and counts UTF-8 bytes", () => {
  const queue = filled(memoryQueue(), message("a", 6), message("é", 2), message("😀", 4));
  expect(queue.size).toBe(3);
  expect(queue.bytes).toBe(7);
  expect(queue.peek(2, 100)).toEqual(["a", "é"]);
  expect(queue.peek(3, 3)).toEqual(["a", "é"]);
  expect(queue.peek(3, 0)).toEqual(["a"]);
  queue.release(2);
  expect(all(queue)).toEqual(["😀"]);
  expect(queue.bytes).toBe(4);
});

test("least-severe: a severe message pushes out the oldest of the least severe ones", () => {
  const [i1, w1, i2] = [message("i1", 6), message("w1", 4), message("i2", 6)];
  const queue = filled(memoryQueue({ maxEvents: 3 }), i1, w1, i2);
  expect(queue.offer(message("c1", 2))).toEqual([i1]);
  expect(queue.offer(message("c2", 2))).toEqual([i2]);
  expect(queue.offer(message("c3", 2))).toEqual([w1]);
  expect(queue.offer(message("c4", 2))).toBe("refused");
  expect(all(queue)).toEqual(["c1", "c2", "c3"]);
});

test("least-severe: among equals the newest is refused, and so is a less severe one", () => {
  const queue = filled(memoryQueue({ maxEvents: 1 }), message("a", 4));
  expect(queue.offer(message("b", 4))).toBe("refused");
  expect(queue.offer(message("c", 7))).toBe("refused");
  expect(all(queue)).toEqual(["a"]);
});

test("gives back the very object that was offered", () => {
  const first = message("a", 7);
  const queue = filled(memoryQueue({ maxEvents: 1 }), first);
  expect((queue.offer(message("b", 0)) as readonly Message[])[0]).toBe(first);
});

test("oldest: the new message pushes out as many of the oldest as it needs", () => {
  const queue = filled(
    memoryQueue({ maxBytes: 6, dropPolicy: "oldest" }),
    message("aa", 0),
    message("bb"),
    message("cc"),
  );
  expect(queue.offer(message("dddd"))).toEqual([message("aa", 0), message("bb")]);
  expect(all(queue)).toEqual(["cc", "dddd"]);
});

test("newest: the new message is refused, however severe", () => {
  const queue = filled(memoryQueue({ maxEvents: 1, dropPolicy: "newest" }), message("a", 7));
  expect(queue.offer(message("b", 0))).toBe("refused");
});

test("a session that is alone may take the whole queue", () => {
  const queue = filled(memoryQueue({ maxEvents: 4 }), of("a", "a1"), of("a", "a2"), of("a", "a3"), of("a", "a4"));
  expect(queue.size).toBe(4);
});

test("what a session takes beyond its share of a full queue gives way to others, the oldest first", () => {
  const queue = filled(memoryQueue({ maxEvents: 4 }), of("a", "a1"), of("a", "a2"), of("a", "a3"), of("a", "a4"));
  expect(queue.offer(of("b", "b1"))).toEqual([of("a", "a1")]);
  expect(queue.offer(message("nobody's"))).toEqual([of("a", "a2")]);
  expect(queue.offer(of("c", "c1"))).toBe("refused");
  expect(all(queue)).toEqual(["a3", "a4", "b1", "nobody's"]);
});

test("at its share of a full queue, a session pushes out nothing but its own", () => {
  const queue = filled(memoryQueue({ maxEvents: 4 }), message("debug", 7), message("x"), of("a", "a1"), of("a", "a2"));
  expect(queue.offer(of("a", "a3"))).toBe("refused");
  expect(queue.offer(of("a", "threat", 2))).toEqual([of("a", "a1")]);
  expect(all(queue)).toEqual(["debug", "x", "a2", "threat"]);
});

test("what is more severe than the newcomer survives, also where its session takes more than its share", () => {
  const queue = filled(memoryQueue({ maxEvents: 2 }), of("a", "threat 1", 2), of("a", "threat 2", 2));
  expect(queue.offer(of("b", "b1", 6))).toBe("refused");
  expect(queue.offer(of("b", "b2", 2))).toEqual([of("a", "threat 1", 2)]);
});

test("a session's share is also one of the bytes, and can be set", () => {
  const limits = { maxBytes: 10, sessionShare: 0.2 };
  const queue = filled(memoryQueue(limits), of("a", "aaaa"), of("b", "bb"), of("c", "cc"), of("d", "dd"));
  expect(queue.offer(of("e", "ee"))).toEqual([of("a", "aaaa")]);
  expect(queue.offer(of("b", "bb"))).toEqual([]);
  expect(queue.offer(of("f", "ff"))).toEqual([of("b", "bb")]);
});

test("oldest: a flood of one session pushes out its own; newest: others push out its newest", () => {
  const flood = [of("a", "a1"), message("x"), of("a", "a2"), of("a", "a3", 2)];
  const oldest = filled(memoryQueue({ maxEvents: 4, dropPolicy: "oldest" }), ...flood);
  expect(oldest.offer(of("a", "a4"))).toEqual([of("a", "a1")]);
  expect(oldest.offer(of("b", "b1"))).toEqual([of("a", "a2")]);
  expect(all(oldest)).toEqual(["x", "a3", "a4", "b1"]);
  const newest = filled(memoryQueue({ maxEvents: 4, dropPolicy: "newest" }), ...flood);
  expect(newest.offer(of("a", "a4"))).toBe("refused");
  expect(newest.offer(of("b", "b1"))).toEqual([of("a", "a3", 2)]);
  expect(newest.offer(of("b", "b2"))).toBe("refused");
});

test("forgets a session when its last message has gone", () => {
  const queue = memoryQueue({ maxEvents: 2 });
  filled(queue, of("a", "a1"), of("a", "a2"));
  all(queue);
  queue.release(2);
  filled(queue, message("x"), message("y"));
  expect(queue.offer(of("a", "a3"))).toBe("refused");
});

test.each<DropPolicy>(["least-severe", "newest", "oldest"])(
  "%s: however many sessions there are, none keeps more than its share when others want it",
  (dropPolicy) => {
    const groups = constantFrom("a", "b", "c", undefined);
    const offers = array(record({ group: groups, severity: integer({ min: 5, max: 7 }) }), { maxLength: 60 });
    const sizeOf = (texts: readonly string[], group: string) => texts.filter((text) => text.startsWith(group)).length;
    assert(
      property(offers, (messages) => {
        const queue = memoryQueue({ maxEvents: 8, sessionShare: 0.25, dropPolicy });
        for (const { group, severity } of messages) {
          queue.offer({ text: group ?? "-", severity, ...(group !== undefined && { group }) });
        }
        const before = queue.size;
        const taken = [0, 1].map(() => queue.offer({ text: "z", severity: 5, group: "z" }) !== "refused");
        const texts = all(queue);
        const flooded = ["a", "b", "c"].some((group) => sizeOf(texts, group) > 2);
        // Someone above its share after the offers had room to give: then neither was refused.
        if (flooded || before <= 6) expect(taken).toEqual([true, true]);
        expect(texts.length).toBeLessThanOrEqual(8);
      }),
      { seed: 5424, numRuns: 300 },
    );
  },
);

test("pushes out nothing when that would not make enough room", () => {
  const queue = filled(memoryQueue({ maxBytes: 6 }), message("aaa", 3), message("bb", 6));
  expect(queue.offer(message("cccc", 5))).toBe("refused");
  expect(all(queue)).toEqual(["aaa", "bb"]);
});

test.each<DropPolicy>(["least-severe", "newest", "oldest"])(
  "%s: refuses a message larger than the queue",
  (dropPolicy) => {
    const queue = filled(memoryQueue({ maxBytes: 3, dropPolicy }), message("a", 7));
    expect(queue.offer(message("éé", 0))).toBe("refused");
    expect(queue.size).toBe(1);
  },
);

test.each<DropPolicy>(["least-severe", "oldest"])("%s: never pushes out what was peeked", (dropPolicy) => {
  const queue = filled(memoryQueue({ maxEvents: 3, dropPolicy }), message("a", 7), message("b", 7), message("c", 7));
  queue.peek(2, 100);
  expect(queue.offer(message("d", 0))).toEqual([message("c", 7)]);
  expect(all(queue)).toEqual(["a", "b", "d"]);
  expect(queue.offer(message("e", 0))).toBe("refused");
});

test("release takes out nothing that was never peeked", () => {
  const queue = filled(memoryQueue(), message("a"), message("b"));
  queue.peek(1, 100);
  queue.release(5);
  expect(all(queue)).toEqual(["b"]);
});

test("kept messages come back to the head, in order, before what was peeked since", () => {
  const queue = filled(memoryQueue(), message("a"), message("b"), message("c"), message("d"));
  queue.peek(2, 100);
  queue.release(2, true);
  queue.peek(1, 100);
  expect(queue.size).toBe(2);
  expect(queue.rewind()).toBe(2);
  expect(queue.size).toBe(4);
  expect(all(queue)).toEqual(["a", "b", "c", "d"]);
  expect(queue.rewind()).toBe(0);
});

test("keeps at most a quarter of the bytes, the youngest ones", () => {
  const queue = filled(memoryQueue({ maxBytes: 16 }), message("aa"), message("bb"), message("cc"));
  all(queue);
  queue.release(3, true);
  expect(queue.rewind()).toBe(2);
  expect(all(queue)).toEqual(["bb", "cc"]);
});

test("lets go of kept messages one by one, and of no more than it must", () => {
  const queue = memoryQueue({ maxBytes: 40 });
  for (const text of ["a", "bb", "ccc", "dddd"]) {
    queue.offer(message(text));
    all(queue);
    queue.release(1, true);
  }
  filled(queue, message("e"), message("ff"));
  all(queue);
  queue.release(2, true);
  expect(queue.rewind()).toBe(4);
  expect(all(queue)).toEqual(["ccc", "dddd", "e", "ff"]);
  queue.release(4, true);
  filled(queue, message("x".repeat(34)));
  expect(queue.rewind()).toBe(2);
  expect(all(queue)).toEqual(["e", "ff", "x".repeat(34)]);
});

test("kept messages come back as they were sent, of any length", () => {
  const queue = memoryQueue();
  const texts = ["", "a", "é😀", "x".repeat(70_000), "", "y".repeat(40_000), "é".repeat(20_000), "z", "a \uD800 b"];
  for (const text of texts) queue.offer(message(text));
  all(queue);
  queue.release(texts.length, true);
  expect(queue.rewind()).toBe(9);
  expect(all(queue)).toEqual([...texts.slice(0, 8), "a \uFFFD b"]);
});

test("lets go of all kept messages but the youngest that are asked for", () => {
  const queue = filled(memoryQueue(), message("a"), message("bb"), message("ccc"), message("d"));
  all(queue);
  queue.release(3, true);
  queue.keepYoungest?.(5);
  queue.keepYoungest?.(2);
  expect(queue.rewind()).toBe(2);
  expect(all(queue)).toEqual(["bb", "ccc", "d"]);
  queue.release(3, true);
  queue.keepYoungest?.(0);
  expect(queue.rewind()).toBe(0);
});

test("uses the memory of what it let go again", () => {
  const queue = memoryQueue({ maxEvents: 100 });
  const before = process.memoryUsage().arrayBuffers;
  for (let number = 0; number < 5000; number++) {
    queue.offer(message(String(number).padStart(2000, ".")));
    queue.peek(1, Infinity);
    queue.release(1, true);
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(600_000);
  expect(queue.rewind()).toBe(100);
});

test("kept messages give way to new ones", () => {
  const queue = filled(memoryQueue({ maxBytes: 16 }), message("aa"), message("bb"));
  all(queue);
  queue.release(2, true);
  expect(queue.offer(message("x".repeat(14)))).toEqual([]);
  expect(queue.rewind()).toBe(1);
  expect(queue.bytes).toBe(16);
});

test("messages that came back are not pushed out, and take no event's place", () => {
  const queue = filled(memoryQueue({ maxEvents: 2 }), message("a", 7), message("b", 7));
  all(queue);
  queue.release(2, true);
  filled(queue, message("c", 7), message("d", 7));
  queue.rewind();
  expect(queue.offer(message("e", 0))).toEqual([message("c", 7)]);
  expect(all(queue)).toEqual(["a", "b", "d", "e"]);
});

test("a replay that was released leaves no room behind", () => {
  const queue = filled(memoryQueue({ maxEvents: 2 }), message("a"));
  all(queue);
  queue.release(1, true);
  queue.rewind();
  queue.release(1);
  filled(queue, message("b"), message("c"));
  expect(queue.offer(message("d"))).toBe("refused");
});

test("a severity that is none counts as the least severe", () => {
  const queue = filled(memoryQueue({ maxEvents: 1 }), message("a", NaN));
  expect(queue.offer(message("b", 6))).toEqual([message("a", NaN)]);
  expect(queue.offer(message("c", -3))).toEqual([message("b", 6)]);
});

test.each([
  [{ maxEvents: 0 }, "limits.maxEvents must be an integer of at least 1, got 0"],
  [{ maxBytes: 1.5 }, "limits.maxBytes must be an integer of at least 1, got 1.5"],
  [
    { dropPolicy: "newset" as DropPolicy },
    'limits.dropPolicy must be "least-severe", "newest" or "oldest", got string',
  ],
])("rejects %j", (limits, reason) => {
  expect(() => memoryQueue(limits)).toThrow(reason);
});

test("lets go of a message when it is pushed out or sent: for a replay, its text is enough", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const queue = memoryQueue({ maxEvents: 100, maxBytes: 4000 });
  const references: WeakRef<Message>[] = [];
  const fill = (severity: number): void => {
    for (let number = 0; number < 100; number++) {
      const each = message(String(number).padStart(40, "."), severity);
      references.push(new WeakRef(each));
      queue.offer(each);
    }
  };
  fill(6);
  fill(3); // pushes out the first 100
  queue.peek(90, Infinity);
  queue.release(90, true);
  await settled();
  collectGarbage();
  expect(references.filter((reference) => reference.deref() !== undefined)).toHaveLength(10);
  expect(queue.size).toBe(10);
  expect(queue.rewind()).toBe(25); // a quarter of the bytes
  expect(queue.peek(1, 100)).toEqual(["65".padStart(40, ".")]);
});

test("holds a million messages, and gives them back in order", () => {
  const queue = memoryQueue({ maxEvents: 1_000_000 });
  for (let number = 0; number < 1_000_000; number++) queue.offer(message(String(number), number % 8));
  expect(queue.offer(message("one more", 0))).toEqual([message("7", 7)]);
  let expected = 0;
  let wrong = 0;
  while (queue.size > 0) {
    const batch = queue.peek(1000, Infinity);
    for (const text of batch) {
      if (expected === 7) expected += 1;
      if (text !== "one more" && Number(text) !== expected) wrong += 1;
      expected += 1;
    }
    queue.release(batch.length);
  }
  expect(wrong).toBe(0);
});

const step = oneof(
  record({
    do: constant("offer" as const),
    length: integer({ min: 0, max: 9 }),
    severity: integer({ min: 0, max: 7 }),
  }),
  record({ do: constant("peek" as const), count: integer({ min: 1, max: 4 }) }),
  record({ do: constant("release" as const), count: integer({ min: 0, max: 3 }), keep: constantFrom(true, false) }),
  record({ do: constant("keepYoungest" as const), count: integer({ min: 0, max: 3 }) }),
  record({ do: constant("rewind" as const) }),
);

test("whatever happens: bounds hold, order holds, nothing disappears, only less severe ones are pushed out", () => {
  assert(
    property(
      array(step, { maxLength: 60 }),
      constantFrom<DropPolicy>("least-severe", "newest", "oldest"),
      (steps, policy) => {
        const queue = memoryQueue({ maxEvents: 5, maxBytes: 30, dropPolicy: policy });
        let waiting: Message[] = []; // accepted and neither released nor pushed out, in order
        let returned: string[] = []; // came back, not released again
        let peeked = 0;
        let most = Infinity; // kept messages
        let number = 0;
        for (const next of steps) {
          if (next.do === "offer") {
            const offered = message(String(number++).padEnd(next.length, "."), next.severity);
            const evicted = queue.offer(offered);
            if (evicted === "refused") continue;
            for (const each of evicted) {
              expect(waiting.indexOf(each)).toBeGreaterThanOrEqual(Math.max(0, peeked - returned.length));
              if (policy === "least-severe") expect(each.severity).toBeGreaterThan(offered.severity);
            }
            expect(policy === "newest" ? evicted : []).toEqual([]);
            waiting = [...waiting.filter((each) => !evicted.includes(each)), offered];
          } else if (next.do === "peek") {
            const expected = [...returned, ...waiting.map((each) => each.text)].slice(0, next.count);
            expect(queue.peek(next.count, Infinity)).toEqual(expected);
            peeked = Math.max(peeked, expected.length);
          } else if (next.do === "release") {
            const count = Math.min(next.count, peeked);
            queue.release(count, next.keep);
            const again = Math.min(count, returned.length);
            returned = returned.slice(again);
            waiting = waiting.slice(count - again);
            peeked -= count;
            if (next.keep) most += count;
          } else if (next.do === "keepYoungest") {
            queue.keepYoungest?.(next.count);
            most = next.count;
          } else {
            const back = queue.rewind();
            expect(back).toBeLessThanOrEqual(most);
            most = 0;
            if (back > 0) returned = [...queue.peek(back, Infinity), ...returned];
            peeked += back;
          }
          expect(queue.size).toBe(returned.length + waiting.length);
          expect(waiting.length).toBeLessThanOrEqual(5);
          expect(queue.bytes).toBe([...returned, ...waiting.map((each) => each.text)].join("").length);
          expect(queue.bytes).toBeLessThanOrEqual(30);
        }
      },
    ),
    { seed: 5424, numRuns: 500 },
  );
});
