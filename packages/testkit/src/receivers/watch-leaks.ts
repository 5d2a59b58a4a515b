import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const CHILD_PROCESS: ReadonlySet<string> = new Set(["ProcessWrap", "PipeWrap"]);

/** What is left of something that has ended. */
export interface Leaks {
  /** Network sockets of this process that were not there before. */
  readonly sockets: number;
  /** Timers that have neither fired nor been cleared. */
  readonly timers: number;
  /** Resources that keep the process alive and did not before, by their names in Node.js. Child processes are none. */
  readonly resources: readonly string[];
  /** Rejections and errors that nobody took. */
  readonly unhandled: readonly unknown[];
}

/** Watches this process from now on. */
export interface LeakWatch {
  readonly leaks: () => Leaks;
  readonly stop: () => void;
}

/**
 * Node.js tells only of resources that keep the process alive, which ours do not: sockets are counted in the kernel, and
 * timers by standing in for `setTimeout`. What the testkit waits with (node:timers/promises) is not counted.
 */
export function watchLeaks(): LeakWatch {
  const before = { sockets: countSockets(), resources: process.getActiveResourcesInfo() };
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => {
    unhandled.push(reason);
  };
  const timers = watchTimers();
  process.on("unhandledRejection", note).on("uncaughtExceptionMonitor", note);
  return {
    leaks: () => ({
      sockets: Math.max(0, countSockets() - before.sockets),
      timers: timers.count(),
      resources: added(before.resources, process.getActiveResourcesInfo()),
      unhandled,
    }),
    stop: () => {
      timers.stop();
      process.off("unhandledRejection", note).off("uncaughtExceptionMonitor", note);
    },
  };
}

function watchTimers(): { readonly count: () => number; readonly stop: () => void } {
  const original = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };
  const waiting = new Set<unknown>();
  const set = (callback: (...values: unknown[]) => void, delayMs?: number, ...values: unknown[]): NodeJS.Timeout => {
    const timer = original.setTimeout(() => {
      waiting.delete(timer);
      callback(...values);
    }, delayMs);
    waiting.add(timer);
    return timer;
  };
  globalThis.setTimeout = Object.assign(set, original.setTimeout);
  globalThis.clearTimeout = (timer) => {
    waiting.delete(timer);
    original.clearTimeout(timer);
  };
  return { count: () => waiting.size, stop: () => Object.assign(globalThis, original) };
}

function countSockets(): number {
  const network = new Set(
    ["tcp", "tcp6", "udp", "udp6"].flatMap((table) =>
      readFileSync(`/proc/self/net/${table}`, "utf8")
        .split("\n")
        .map((row) => row.trim().split(/\s+/)[9] ?? ""),
    ),
  );
  return readdirSync("/proc/self/fd").filter((name) => network.has(socketInode(name))).length;
}

function socketInode(descriptor: string): string {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${descriptor}`))?.[1] ?? "none";
  } catch {
    return "none"; // closed since the folder was read
  }
}

function added(before: readonly string[], after: readonly string[]): string[] {
  const left = [...before];
  return after.filter((name) => {
    if (CHILD_PROCESS.has(name)) return false;
    const index = left.indexOf(name);
    if (index !== -1) left.splice(index, 1);
    return index === -1;
  });
}
