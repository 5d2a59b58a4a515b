import { readFileSync } from "node:fs";

/**
 * When a process was started, in ticks since this machine was, with the id of that start of the machine: two processes that had the
 * same id one after the other differ in it. Undefined where the system does not tell (not Linux), or there is no such process.
 */
export function processStart(pid: number): string | undefined {
  try {
    // proc(5): field 22, counted behind the name, which may hold anything.
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return ticks === undefined
      ? undefined
      : `${readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim()}/${ticks}`;
  } catch {
    return undefined; // no such file: nothing can be told
  }
}

/** Whether there is a process with this id that was started then. Where the start cannot be told, whether there is one at all. */
export function isRunning(pid: number, start: string | undefined): boolean {
  const present = processStart(pid);
  if (start !== undefined && present !== undefined) return start === present;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM"; // there, and somebody else's
  }
}
