import { memoryQueue, type DropPolicy, type Message } from "@clawmetry/siem-core";
import { median } from "./median.ts";
import { publish, type ReportRow } from "./report.ts";

const ROUNDS = 5;
const CALLS = 50_000;
const TEXT = "<134>1 2026-11-23T12:00:00.000Z gw01 clawmetry 1 tool.call - a message that is short";

// Six severities and a hundred sessions, as a queue that is full has to tell them apart.
const messages = Array.from(
  { length: 600 },
  (_, number): Message => ({ text: TEXT, severity: 1 + (number % 6), group: `session ${number % 100}` }),
);
const messageOf = (number: number): Message => messages[number % messages.length] ?? { text: TEXT, severity: 6 };

function nsOf(call: (number: number) => void): number {
  const before = process.cpuUsage();
  for (let number = 0; number < CALLS; number++) call(number);
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / CALLS;
}

function rowOf(maxEvents: number): ReportRow {
  const policies: readonly DropPolicy[] = ["least-severe", "oldest", "newest"];
  const queues = policies.map((dropPolicy) => memoryQueue({ maxEvents, maxBytes: 2 ** 33, dropPolicy }));
  const passing = memoryQueue({ maxEvents: maxEvents + 1, maxBytes: 2 ** 33 });
  for (const queue of [...queues, passing])
    for (let number = 0; number < maxEvents; number++) queue.offer(messageOf(number));
  const ways = [
    ...queues.map((queue) => (number: number) => void queue.offer(messageOf(number))),
    (number: number) => {
      passing.offer(messageOf(number));
      passing.peek(1, Infinity);
      passing.release(1);
    },
  ];
  for (const way of ways) nsOf(way);
  const rounds = Array.from({ length: ROUNDS }, () => ways.map(nsOf));
  return [
    maxEvents.toLocaleString("en"),
    ...ways.map((_, index) => median(rounds.map((round) => round[index] ?? NaN))),
  ];
}

publish({
  title: "Cost against the length of the queue",
  about: `CPU ns of \`offer\` at a full queue, and of one message in and one out; medians of ${ROUNDS} rounds of ${CALLS.toLocaleString("en")} calls.`,
  columns: ["events queued", "full, least-severe", "full, oldest", "full, newest", "one in, one out"],
  rows: [100, 10_000, 1_000_000].map(rowOf),
});
