import { CanonicalJsonError } from "./canonical-json-error.ts";

/** What RFC 8785 refuses, and what is written for it instead by whoever may. Each gives the value, or throws. */
export interface CanonicalRules {
  /** A text or key before it is escaped. */
  readonly text: (value: string, depth: number) => string;
  /** The JSON of NaN or an infinity. */
  readonly notFinite: (depth: number) => string;
}

// Far beyond any event, far below what the stack takes.
const MOST_LEVELS = 1000;

/**
 * Writes a value as RFC 8785 orders it: no spaces, keys sorted by UTF-16 code units (section 3.2.3), numbers and texts as
 * ECMAScript prints them (3.2.2). As in `JSON.stringify`, `toJSON` is called, a property that is undefined is left out and such an
 * item of an array is null. Throws a CanonicalJsonError for anything else.
 */
export function writeCanonical(root: unknown, rules: CanonicalRules): string {
  const ancestors = new Set<object>();

  function write(value: unknown): string {
    switch (typeof value) {
      case "string":
        return JSON.stringify(rules.text(value, ancestors.size));
      case "number":
        return Number.isFinite(value) ? String(value) : rules.notFinite(ancestors.size);
      case "boolean":
        return String(value);
      case "object":
        return value === null ? "null" : container(value);
      default:
        throw new CanonicalJsonError("type", ancestors.size);
    }
  }

  function container(item: object): string {
    if (ancestors.has(item)) throw new CanonicalJsonError("cycle", ancestors.size);
    if (ancestors.size >= MOST_LEVELS) throw new CanonicalJsonError("depth", ancestors.size);
    ancestors.add(item);
    const text = Array.isArray(item) ? list(item) : record(item);
    ancestors.delete(item);
    return text;
  }

  function list(items: readonly unknown[]): string {
    return `[${Array.from(items, (item, index) => write(plainForm(item, String(index)) ?? null)).join(",")}]`;
  }

  function record(item: object): string {
    const prototype: unknown = Object.getPrototypeOf(item);
    if (prototype !== Object.prototype && prototype !== null) throw new CanonicalJsonError("type", ancestors.size);
    const entries = Object.keys(item).map((key) => [rules.text(key, ancestors.size), key] as const);
    let body = "";
    let last: string | undefined;
    for (const [name, key] of entries.sort(byName)) {
      const value = plainForm((item as Readonly<Record<string, unknown>>)[key], key);
      if (value === undefined) continue;
      // Two keys that are one when well-formed: a reader would see only one of their values.
      if (name === last) throw new CanonicalJsonError("lone surrogate", ancestors.size);
      body += `${last === undefined ? "" : ","}${JSON.stringify(name)}:${write(value)}`;
      last = name;
    }
    return `{${body}}`;
  }

  try {
    return write(plainForm(root, ""));
  } catch (error) {
    throw error instanceof CanonicalJsonError ? error : new CanonicalJsonError("unreadable", ancestors.size, error);
  }
}

function plainForm(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null) return value;
  const toJson: unknown = (value as Readonly<Record<string, unknown>>)["toJSON"];
  return typeof toJson === "function" ? (Reflect.apply(toJson, value, [key]) as unknown) : value;
}

// The operator compares UTF-16 code units, which is what the RFC asks for.
function byName([left]: readonly [string, string], [right]: readonly [string, string]): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
