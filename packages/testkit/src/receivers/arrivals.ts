import { closeSync, existsSync, openSync, readSync } from "node:fs";

const CHUNK_BYTES = 1024 * 1024;
const LF = 0x0a;
const APP_NAME = /"appname":"([^"]*)"/;
const SEQUENCE = /ClawmetrySeq=(\d+) ClawmetryBoot=/;
const OWN = /"msgid":"siem\./;
const LOST = /"msgid":"siem\.events_dropped".* cnt=(\d+)/;

/** What a receiver has recorded of one exporter. */
export interface Arrivals {
  /** Sequence numbers of events, in the order in which they were written. */
  readonly events: readonly number[];
  /** Those of the exporter's own events, which are queued behind nothing. */
  readonly own: readonly number[];
  /** Number of losses that the events 9001 tell of, each event counted once. */
  readonly told: number;
}

/** Follows the file of a receiver, and tells exporters apart by their `appName`. Lines that are torn are left out. */
export function followArrivals(path: string): (appName: string) => Arrivals {
  const found = new Map<string, { events: number[]; own: number[]; losses: Map<number, number> }>();
  const chunk = Buffer.alloc(CHUNK_BYTES);
  let position = 0;

  function note(line: string): void {
    const number = Number(SEQUENCE.exec(line)?.[1]);
    if (Number.isNaN(number)) return;
    const appName = APP_NAME.exec(line)?.[1] ?? "";
    const entry = found.get(appName) ?? { events: [], own: [], losses: new Map<number, number>() };
    found.set(appName, entry);
    (OWN.test(line) ? entry.own : entry.events).push(number);
    const lost = LOST.exec(line)?.[1];
    if (lost !== undefined) entry.losses.set(number, Number(lost));
  }
  function readOn(): void {
    if (!existsSync(path)) return;
    const file = openSync(path, "r");
    try {
      for (;;) {
        const text = chunk.subarray(0, readSync(file, chunk, 0, chunk.length, position));
        const end = text.lastIndexOf(LF) + 1; // the receiver may be writing the last line
        if (end === 0) return;
        text.toString("latin1", 0, end).split("\n").forEach(note);
        position += end;
      }
    } finally {
      closeSync(file);
    }
  }

  return (appName) => {
    readOn();
    const { events = [], own = [], losses = new Map<number, number>() } = found.get(appName) ?? {};
    return { events, own, told: [...losses.values()].reduce((sum, count) => sum + count, 0) };
  };
}

/** What is wrong with them. */
export interface ArrivalFaults {
  /** Numbers from 1 to the last one given out that never came. */
  readonly missing: readonly number[];
  /** How many came more than once, every repetition counted. */
  readonly duplicates: number;
  /** Events that came for the first time after a later one had. */
  readonly outOfOrder: readonly number[];
}

/** Compares what came with the numbers 1 to `lastSeq`. */
export function findArrivalFaults({ events, own }: Arrivals, lastSeq: number): ArrivalFaults {
  const seen = new Set<number>();
  const outOfOrder: number[] = [];
  let highest = 0;
  for (const number of events) {
    if (number < highest && !seen.has(number)) outOfOrder.push(number);
    highest = Math.max(highest, number);
    seen.add(number);
  }
  for (const number of own) seen.add(number);
  const missing = Array.from({ length: lastSeq }, (_, index) => index + 1).filter((number) => !seen.has(number));
  return { missing, duplicates: events.length + own.length - seen.size, outOfOrder };
}
