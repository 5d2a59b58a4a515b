import { isArray, read } from "./event-data.ts";

/** The counters that an event of the exporter itself carries, by name in camelCase. */
export type OwnFacts = Readonly<Record<string, string | number | readonly string[]>>;

// In the order in which both formats show them. The event's data has them in snake case.
const NAMES: ReadonlyMap<number, readonly string[]> = new Map([
  [9001, ["cnt", "start", "end", "lostBySeverity", "seqFrom", "seqTo", "previousBoot"]],
  [9004, ["previousBoot", "previousEnd", "previousLastSeq", "recovered"]],
  [9005, ["unsent", "lastSeq"]],
  [9006, ["accepted", "sent", "dropped", "queued", "lastSeq", "state", "target", "certDays", "chainHeads"]],
]);

/** The counters of Events Dropped (9001), Exporter Started (9004) and Stopped (9005), and Heartbeat (9006). Undefined for every other signature. */
export function readOwnFacts(signatureId: number, data: object | undefined): OwnFacts | undefined {
  const names = NAMES.get(signatureId);
  if (names === undefined || data === undefined) return undefined;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = read(data, snakeCase(name));
      return isOwnFact(value) ? [[name, value]] : [];
    }),
  );
}

/** `lostBySeverity` as `lost_by_severity`. */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function isOwnFact(value: unknown): value is string | number | readonly string[] {
  if (isArray(value)) return value.every((item) => typeof item === "string");
  return typeof value === "string" || (typeof value === "number" && Number.isFinite(value));
}
