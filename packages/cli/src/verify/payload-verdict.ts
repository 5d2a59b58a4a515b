import { payloadHash, verifyPayload } from "@clawmetry/integrity";
import { hasRepeatedKey } from "./has-repeated-key.ts";
import { type HeldEvent } from "./line-record.ts";

/**
 * What the line says of an event's `data`. `verified`: it is what was hashed. `altered`: it is not, or the hash was changed.
 * `cef`: CEF holds the hash and not
 * the data. `notHeld`: nor does this line of JSON. `notWhole`: the line says itself that something was cut
 * or left out. `noHash`: there is nothing to compare with.
 */
export type PayloadVerdict = "verified" | "altered" | "cef" | "notHeld" | "notWhole" | "noHash";

// What a content policy leaves of a text, and what is written for what is nested too deep.
const LEFT_OUT = /\[omitted \d+ chars\]|\[Truncated\]/;

/** Compares `data` with `payload_hash`, as far as the line holds both. */
export function payloadVerdict({ format, event, payloadCut }: HeldEvent): PayloadVerdict {
  const { payload_hash: hash, data } = event;
  if (hash === undefined || hash === null || hash === "") return "noHash";
  if (format === "cef") return "cef";
  const status = verifyPayload(event);
  if (status === "missing") return "notHeld";
  if (status === "verified") return isAmbiguous(data, hash) ? "altered" : "verified";
  return payloadCut || hasLeftOut(data) ? "notWhole" : "altered";
}

// JSON in a text, of which a reader may see another value than the one that was hashed.
function isAmbiguous(data: unknown, hash: unknown): boolean {
  return typeof data === "string" && payloadHash(data) !== hash && hasRepeatedKey(data);
}

function hasLeftOut(data: unknown): boolean {
  return LEFT_OUT.test(typeof data === "string" ? data : JSON.stringify(data));
}
