import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type LossReport, type Message, type StoreNews, type StoreRun } from "@clawmetry/siem-core";
import { onTestFinished } from "vitest";
import { openSpool, type Spool } from "../src/open-spool.ts";
import { type SpoolOptions } from "../src/spool-options.ts";

/** An empty place for a spool, gone when the test has ended. */
export function newFolder(): string {
  const parent = fs.mkdtempSync(join(tmpdir(), "spool-test-"));
  onTestFinished(() => {
    fs.rmSync(parent, { recursive: true, force: true });
  });
  return join(parent, "spool");
}

/** A spool in use, with what it has told. */
export interface Opened {
  readonly spool: Spool;
  readonly news: () => readonly StoreNews[];
}

/** Timers that run when the test says so. */
export interface ManualTimers {
  readonly setTimer: NonNullable<SpoolOptions["effects"]>["setTimer"];
  readonly now: () => number;
  /** Calls back whoever waits. */
  readonly fire: () => void;
}

/** No timer waits. The clock stands at `nowMs`. */
export function manualTimers(nowMs = 1_700_000_000_000): ManualTimers {
  const waiting = new Set<() => void>();
  return {
    now: () => nowMs,
    setTimer: (callback) => {
      waiting.add(callback);
      return () => {
        waiting.delete(callback);
      };
    },
    fire: () => {
      const due = [...waiting];
      waiting.clear();
      for (const callback of due) callback();
    },
  };
}

/** Opens a spool with `maxEvents` 20, of which 10 are used before the disk is, as the process `boot`. */
export function open(folder: string, options: Partial<SpoolOptions> = {}, run: Partial<StoreRun> = {}): Opened {
  const spool = openSpool({
    folder,
    effects: manualTimers(),
    ...options,
    limits: { maxEvents: 20, ...options.limits },
  });
  const news: StoreNews[] = [];
  const take = (): void => {
    const taken = spool.store.takeNews();
    if (taken !== undefined) news.push(taken);
  };
  const facts = () => ({ lastSeq: 0, confirmedSeq: 0, untold: [] });
  spool.store.begin({ boot: "b0070001", facts, onNews: take, onRoom: () => undefined, ...run });
  take();
  return { spool, news: () => news };
}

/** Message `number`, of severity 6 unless said otherwise. */
export function message(number: number, severity = 6): Message {
  return { text: textOf(number), severity, group: "session", entry: { number, atMs: 1000 + number } };
}

/** The text of message `number`. */
export function textOf(number: number): string {
  return `event ${number} ${"é".repeat(number % 7)}`;
}

/** Offers the messages from `first` to `last`. */
export function offer(spool: Spool, first: number, last: number, severity = 6): void {
  for (let number = first; number <= last; number++) spool.offer(message(number, severity));
}

/** One message as it came back. */
export interface Taken {
  readonly text: string;
  readonly number: number | undefined;
  readonly boot: string | undefined;
}

/** Takes out everything, as a sender does; what never left memory has no number here. */
export function takeAll(spool: Spool): readonly Taken[] {
  const admitted = new Map<string, { readonly number: number; readonly boot: string }>();
  const taken: Taken[] = [];
  for (;;) {
    spool.store.load((loaded, boot, number) => {
      admitted.set(loaded.text, { boot, number });
      return loaded;
    });
    const texts = spool.peek(16, Infinity);
    if (texts.length === 0) return taken;
    taken.push(...texts.map((text) => ({ text, number: admitted.get(text)?.number, boot: admitted.get(text)?.boot })));
    spool.release(texts.length);
  }
}

/** The texts of everything, in order. */
export function takeTexts(spool: Spool): readonly string[] {
  return takeAll(spool).map(({ text }) => text);
}

/** The texts of the messages from `first` to `last`. */
export function texts(first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => textOf(first + index));
}

/** A copy of a folder as it is now: what a process that is killed at this moment leaves behind. */
export function crashCopy(folder: string): string {
  const copy = newFolder();
  fs.cpSync(folder, copy, { recursive: true });
  fs.rmSync(join(copy, "lock"), { force: true });
  return copy;
}

/** Names of the files with records. */
export function segmentFiles(folder: string): readonly string[] {
  return fs.readdirSync(folder).filter((name) => name.endsWith(".spool"));
}

/** The reports of what was lost. */
export function losses({ news }: Opened): readonly LossReport[] {
  return news().flatMap(({ lost }) => lost);
}
