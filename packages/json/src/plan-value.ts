import { type ContentPolicy } from "@clawmetry/siem-events";
import { type JsonSize, sizeOfText } from "./json-size.ts";
import { type PlannedConstant, type PlannedContainer, type PlannedEntry, type PlannedValue } from "./planned-value.ts";
import { type TextRule } from "./text-rule.ts";

/** What a plan is made with. */
export interface PlanOptions {
  readonly content: ContentPolicy;
  readonly rule: TextRule;
  /** Most bytes of the line: the size of a text that is longer does not matter. */
  readonly maxBytes: number;
  /** Sizes of keys that were met. */
  readonly keySizes: Map<string, JsonSize>;
}

// Less than jsonText allows, so that nothing in a plan is too deep for it.
const MAX_DEPTH = 60;
const UNKNOWN: PlannedValue = { kind: "unknown" };

/** Plans how `jsonText` writes the value of a key: plain objects and arrays of strings, numbers, booleans and null. */
export function planValue(
  item: unknown,
  parent: readonly string[],
  key: string | number,
  options: PlanOptions,
): PlannedValue {
  switch (typeof item) {
    case "string":
      return planText(item, parent, key, options);
    case "number":
      return constant(Number.isFinite(item) ? String(item === 0 ? 0 : item) : "null");
    case "boolean":
      return constant(String(item));
    case "undefined":
      return constant("null");
    case "object":
      return item === null ? constant("null") : planContainer(item, [...parent, String(key)], options);
    default:
      return UNKNOWN;
  }
}

/** The size of a key as JSON. */
export function sizeOfKey(key: string, { keySizes }: PlanOptions): JsonSize {
  const size = keySizes.get(key) ?? sizeOfText(key);
  keySizes.set(key, size);
  return size;
}

function constant(json: string): PlannedConstant {
  return { kind: "constant", units: json.length, bytes: json.length };
}

function planText(
  text: string,
  parent: readonly string[],
  key: string | number,
  { content, rule, maxBytes }: PlanOptions,
): PlannedValue {
  // The path of a text is needed only where it decides something.
  const isFree = content === "all" && parent.length > 0;
  const { shown, limit } = isFree ? FREE : rule(text, [...parent, String(key)], text.length);
  if (limit !== "none") return { kind: "text", text, parent, key, limit, size: undefined, cut: undefined };
  const size = shown.length > maxBytes ? { units: shown.length, bytes: shown.length } : sizeOfText(shown);
  return { kind: "constant", ...size };
}

const FREE = { shown: "", limit: "text" } as const;

function planContainer(item: object, path: readonly string[], options: PlanOptions): PlannedValue {
  if (path.length > MAX_DEPTH || typeof Reflect.get(item, "toJSON") === "function") return UNKNOWN;
  const prototype: unknown = Object.getPrototypeOf(item);
  if (prototype === Array.prototype && Array.isArray(item)) return planList(item, path, options);
  const isPlain = prototype === Object.prototype || prototype === null;
  return isPlain ? planRecord(item as Readonly<Record<string, unknown>>, path, options) : UNKNOWN;
}

function planList(items: readonly unknown[], path: readonly string[], options: PlanOptions): PlannedContainer {
  const planned: PlannedEntry[] = [];
  const entry = (index: number): PlannedEntry =>
    (planned[index] ??= { name: undefined, value: planValue(items[index], path, index, options) });
  return { kind: "container", path, count: items.length, entry };
}

function planRecord(
  item: Readonly<Record<string, unknown>>,
  path: readonly string[],
  options: PlanOptions,
): PlannedContainer {
  const keys = Object.keys(item);
  const planned: (PlannedEntry | null)[] = [];
  const plan = (key: string): PlannedEntry | null => {
    const value = item[key];
    return value === undefined ? null : { name: sizeOfKey(key, options), value: planValue(value, path, key, options) };
  };
  const entry = (index: number): PlannedEntry | undefined => {
    const known = planned[index];
    return (known === undefined ? (planned[index] = plan(keys[index] ?? "")) : known) ?? undefined;
  };
  return { kind: "container", path, count: keys.length, entry };
}
