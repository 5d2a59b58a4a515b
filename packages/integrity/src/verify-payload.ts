import { readProperty } from "@clawmetry/siem-events";
import { bytesText, payloadHash } from "./payload-hash.ts";

/**
 * `verified`: the data is what was hashed. `altered`: it is not, or the hash was changed; which of the two cannot be told.
 * `missing`: there is no hash, or no data and the hash is of some: nothing is proven.
 */
export type PayloadStatus = "verified" | "altered" | "missing";

/**
 * Compares the `data` of an event with its `payload_hash`. Data that was hashed as an object or array may have become the JSON text
 * of it, or bytes of that. Call it only for data that is whole: what was cut or left out on purpose is not what was hashed.
 * Never throws.
 */
export function verifyPayload(event: unknown): PayloadStatus {
  if (typeof event !== "object" || event === null) return "missing";
  const expected = readProperty(event, "payload_hash");
  if (expected === undefined || expected === null || expected === "") return "missing";
  const data = readProperty(event, "data");
  if (payloadHash(data) === expected) return "verified";
  if (data === undefined) return "missing";
  return hashOfParsed(data) === expected ? "verified" : "altered";
}

function hashOfParsed(data: unknown): string | undefined {
  const text = bytesText(data) ?? data;
  if (typeof text !== "string") return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? payloadHash(value) : undefined;
  } catch {
    return undefined; // a text that is not JSON was hashed as text or not at all
  }
}
