import { CanonicalJsonError } from "./canonical-json-error.ts";
import { type CanonicalRules, writeCanonical } from "./write-canonical.ts";

/**
 * The canonical JSON of what a store or a line keeps of a value: as `canonicalJson`, but a lone surrogate is U+FFFD, because
 * UTF-8 has none, and NaN and the infinities are null, as `JSON.stringify` has them. Undefined for what is not JSON.
 */
export function jsonForm(value: unknown): string | undefined {
  try {
    return writeCanonical(value, AS_STORED);
  } catch (error) {
    if (error instanceof CanonicalJsonError) return undefined;
    throw error;
  }
}

const AS_STORED: CanonicalRules = {
  text: (value) => value.toWellFormed(),
  notFinite: () => "null",
};
