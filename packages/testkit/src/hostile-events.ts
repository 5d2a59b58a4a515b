import fc from "fast-check";
import { hostileEvent, hostileText, PROPERTY_SEED } from "./hostile-values.ts";

const KIB = 1024;

const PLACES: readonly ((text: string) => Record<string, unknown>)[] = [
  (text) => ({ session_id: text }),
  (text) => ({ event_type: text }),
  (text) => ({ data: text }),
  (text) => ({ data: { name: text, input: { command: text }, extra: [text] } }),
  (text) => ({ [text]: text }),
];

/**
 * A fixed list of hostile events: most are small, 1 in 25 holds a text of 1–20 KiB, 1 in 500 one of about 1 MiB. Every id
 * is another, and begins with digits and a space, as a frame with an octet count does (RFC 6587 §3.4.1).
 */
export function hostileEvents(count: number): readonly Record<string, unknown>[] {
  const anyEvent = fc.oneof(
    { weight: 479, arbitrary: hostileEvent() },
    { weight: 20, arbitrary: eventWithLongText(KIB, 20 * KIB) },
    { weight: 1, arbitrary: eventWithLongText(KIB * KIB, KIB * KIB + 3) },
  );
  return fc.sample(anyEvent, { seed: PROPERTY_SEED, numRuns: count }).map(withOwnId);
}

// In one place only: ids are hardly cut, and an event with many long ones is refused over UDP.
function eventWithLongText(minLength: number, maxLength: number): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .tuple(hostileEvent(), fc.constantFrom(...PLACES), hostileText(), fc.integer({ min: minLength, max: maxLength }))
    .map(([event, place, unit, length]) => ({ ...event, ...place(fill(unit || "x", length)) }));
}

function fill(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

// Ids and hashes are never cut: too long, they have the event refused.
function withOwnId(event: Record<string, unknown>, index: number): Record<string, unknown> {
  const { id, chain_hash: hash } = event;
  return {
    ...event,
    id: `${index} ${typeof id === "string" ? id.slice(0, 40) : ""}`,
    ...(typeof hash === "string" && { chain_hash: hash.slice(0, 64) }),
  };
}
