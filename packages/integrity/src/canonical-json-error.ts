/**
 * Why a value has no canonical JSON. `lone surrogate`: a text or a key is not well-formed Unicode. `number`: NaN or an infinity.
 * `type`: a BigInt, a function, a symbol, undefined alone, or an object of a class without `toJSON`, such as a Map or bytes.
 * `cycle`: an object holds itself. `depth`: nested deeper than 1000 levels. `unreadable`: a getter, a proxy or `toJSON` threw.
 */
export type CanonicalJsonReason = "lone surrogate" | "number" | "type" | "cycle" | "depth" | "unreadable";

/** A value has no canonical JSON (RFC 8785). The message names the reason and the depth, never the value or a key. */
export class CanonicalJsonError extends Error {
  override readonly name = "CanonicalJsonError";
  readonly reason: CanonicalJsonReason;
  /** How many objects and arrays the value that was refused is in. */
  readonly depth: number;

  constructor(reason: CanonicalJsonReason, depth: number, cause?: unknown) {
    super(`no canonical JSON: ${RULES[reason]}, at depth ${depth}`, { cause });
    this.reason = reason;
    this.depth = depth;
  }
}

const RULES: Readonly<Record<CanonicalJsonReason, string>> = {
  "lone surrogate": "text must be well-formed Unicode",
  number: "a number must be finite",
  type: "a value must be text, a number, a boolean, null, an array or a plain object",
  cycle: "an object must not hold itself",
  depth: "at most 1000 levels are allowed",
  unreadable: "a property could not be read",
};
