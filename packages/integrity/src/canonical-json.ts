import { CanonicalJsonError } from "./canonical-json-error.ts";
import { type CanonicalRules, writeCanonical } from "./write-canonical.ts";

/**
 * The canonical JSON of a value by RFC 8785 (JCS): equal values have equal texts, whatever the order of their keys. Numbers are
 * IEEE doubles. As in `JSON.stringify`, `toJSON` is called and properties that are undefined are left out.
 *
 * Throws a CanonicalJsonError for what the RFC refuses (lone surrogates, NaN, infinities) and for what is not JSON: cycles,
 * BigInts, functions, objects of a class without `toJSON`, more than 1000 levels.
 */
export function canonicalJson(value: unknown): string {
  return writeCanonical(value, STRICT);
}

const STRICT: CanonicalRules = {
  text: (value, depth) => {
    if (!value.isWellFormed()) throw new CanonicalJsonError("lone surrogate", depth);
    return value;
  },
  notFinite: (depth) => {
    throw new CanonicalJsonError("number", depth);
  },
};
