import { chainedText, describeEvent } from "@clawmetry/siem-events";
import { type HeldEvent } from "./line-record.ts";

/** What a line shows a second time, for searches and rules of the SIEM. */
export interface ShownFacts {
  readonly signatureName: string | undefined;
  /** The canonical event type. */
  readonly type: string | undefined;
  /** Milliseconds since 1970. */
  readonly timeMs: number | undefined;
  readonly timeSource: string | undefined;
  /** CEF has the id twice, when it is short. */
  readonly id: string | undefined;
}

/** A fact that a line shows otherwise than its chained fields say. */
export type ShownFact = "signature" | "type" | "time" | "id";

const UNMAPPED = "unmapped";
const MOST_AHEAD_MS = 24 * 60 * 60 * 1000;

/**
 * The facts that a line shows otherwise than its own chained fields: they were made from those, so that one of the two was altered.
 * Fields that the line does not hold exactly are not compared, nor are types that only another version of the mapping knows.
 */
export function shownOtherwise({ event, signatureId, changed, shown }: HeldEvent): readonly ShownFact[] {
  const { event_type, ts } = event;
  const described = describeEvent({ event_type, ts } as Parameters<typeof describeEvent>[0]);
  const found: ShownFact[] = [];
  const isMapped = ![shown.type, described.type].includes(UNMAPPED) && !changed.includes("event_type");
  if (isMapped && (signatureId !== described.signatureId || shown.signatureName !== described.signatureName)) {
    found.push("signature");
  }
  if (isMapped && shown.type !== described.type) found.push("type");
  if (!changed.includes("ts") && !isTimeOf(shown, described.timeMs)) found.push("time");
  if (shown.id !== undefined && !changed.includes("id") && shown.id !== chainedText(event, "id")) found.push("id");
  return found;
}

// The time of receipt stands for one that cannot be used, or that is too far ahead of it.
function isTimeOf({ timeMs, timeSource }: ShownFacts, ownMs: number | null): boolean {
  if (timeSource === undefined) return (timeMs ?? null) === ownMs;
  return ownMs === null || timeMs === undefined || ownMs > timeMs + MOST_AHEAD_MS;
}
