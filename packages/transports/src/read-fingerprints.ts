import { OptionError } from "@clawmetry/siem-core";

/**
 * The SHA-256 fingerprints of one text or several, each as 64 hex digits in capitals and only once. A text may hold several,
 * separated by commas or white space; each with or without colons and a prefix `SHA256:` or `sha-256:` (RFC 5425 §4.2.2). Throws
 * `OptionError` for anything else, and for none.
 */
export function readFingerprints(value: string | readonly string[]): readonly string[] {
  const texts: readonly unknown[] = typeof value === "string" ? [value] : value;
  const pins = texts.flatMap((text) => splitList(text).map(readFingerprint));
  if (pins.length === 0) throw new OptionError("tls.fingerprint256", "at least one SHA-256 fingerprint", value);
  return [...new Set(pins)];
}

function splitList(text: unknown): readonly string[] {
  if (typeof text !== "string") throw noFingerprint(text);
  return text.split(/[\s,]+/).filter((part) => part !== "");
}

function readFingerprint(text: string): string {
  const digits = text.replace(/^sha-?256:/i, "");
  if (!/^(?:[0-9a-f]{64}|[0-9a-f]{2}(?::[0-9a-f]{2}){31})$/i.test(digits)) throw noFingerprint(text);
  return digits.replaceAll(":", "").toUpperCase();
}

function noFingerprint(value: unknown): OptionError {
  return new OptionError("tls.fingerprint256", "a SHA-256 fingerprint of 64 hex digits, or several", value);
}
