import { types } from "node:util";
import { redacted, withheld } from "./placeholder.ts";
import { isEventIdentifier } from "./identifier-name.ts";
import { type Members, readElements, readProperties, UNREADABLE } from "./read-members.ts";
import { redactBytes } from "./redact-bytes.ts";
import { redactNumber, redactPlacedText } from "./redact-text.ts";
import type { RedactionSettings } from "./redaction-options.ts";
import { listTreatments, recordTreatments, type Treatment } from "./treatment.ts";
import { uniqueName } from "./unique-name.ts";
import { unwrapped } from "./unwrapped.ts";

/** One way through one event. */
export interface Walk {
  readonly settings: RedactionSettings;
  /** The objects around the one that is looked at: one of them again is a cycle. */
  readonly around: Set<object>;
  /** How many more members may be looked at. */
  entriesLeft: number;
}

/** Where a value stands. */
export interface ValuePlace {
  readonly treatment: Treatment;
  readonly name: string;
  readonly depth: number;
}

/** A value without what its treatment removes: the same value when there is nothing. Never throws, never changes it. */
export function redactValue(walk: Walk, value: unknown, place: ValuePlace): unknown {
  switch (typeof value) {
    case "string":
      return redactPlacedText({ ...place, text: value }, walk.settings);
    case "number":
    case "bigint":
      return redactNumber(String(value), place, walk.settings) ?? value;
    case "symbol":
      return withheld(value === UNREADABLE ? "unreadable" : "symbol");
    case "function":
      return withheld("function");
    case "object":
      return value === null ? null : redactObject(walk, value, place);
    default:
      return value;
  }
}

function redactObject(walk: Walk, object: object, place: ValuePlace): unknown {
  if (place.depth >= walk.settings.maxDepth) return withheld("depth");
  if (walk.around.has(object)) return withheld("cycle");
  walk.around.add(object);
  try {
    return redactReadable(walk, object, place);
  } catch {
    return withheld("unreadable"); // a getter, a proxy or a toJSON method threw
  } finally {
    walk.around.delete(object);
  }
}

function redactReadable(walk: Walk, object: object, place: ValuePlace): unknown {
  const isProxy = types.isProxy(object);
  if (Array.isArray(object)) return redactList(walk, object, readElements(object, walk.entriesLeft, isProxy), place);
  if (isProxy) return redactRecord(walk, object, readProperties(object, memberLimit(walk, place), isProxy), place);
  if (types.isUint8Array(object)) return redactBytes(object, place, walk.settings);
  if (types.isDate(object) && Reflect.ownKeys(object).length === 0) return object;
  const inner = unwrapped(object);
  if (inner !== object)
    return redactValue(walk, inner, typeof inner === "object" ? { ...place, depth: place.depth + 1 } : place);
  return redactRecord(walk, object, readProperties(object, memberLimit(walk, place), isProxy), place);
}

// At the top every property is read, so that those that identify the event are kept whatever their number.
function memberLimit(walk: Walk, { depth }: ValuePlace): number {
  return depth === 0 ? Infinity : walk.entriesLeft;
}

function redactList(
  walk: Walk,
  list: readonly unknown[],
  { entries, left, plain }: Members,
  place: ValuePlace,
): unknown {
  walk.entriesLeft -= entries.length;
  const items = entries.map(([, value]) => value);
  const { treatment } = place;
  if (
    treatment === "secret" &&
    walk.settings.secrets &&
    items.length > 1 &&
    items.every((item) => typeof item === "number")
  ) {
    return redacted(JSON.stringify(items));
  }
  const treatments = listTreatments(items.map(textOf), treatment);
  const results = items.map((item, index) =>
    redactValue(walk, item, { ...place, treatment: treatments[index] ?? "scan", depth: place.depth + 1 }),
  );
  if (left > 0) results.push(withheld(left));
  return plain && results.every((result, index) => Object.is(result, items[index])) ? list : results;
}

function redactRecord(walk: Walk, record: object, members: Members, place: ValuePlace): unknown {
  const { entries } = members;
  const treatments = recordTreatments(
    entries.map(([key, value]) => ({ key, text: textOf(value) })),
    place.treatment,
  );
  const given = new Map<string, number>();
  const results: (readonly [key: string, value: unknown])[] = [];
  let { left, plain } = members;
  entries.forEach(([key, value], index) => {
    const isIdentifier = place.depth === 0 && isEventIdentifier(key) && isScalar(value, walk.settings);
    if (!isIdentifier && walk.entriesLeft-- <= 0) {
      left++;
      return;
    }
    const name = redactName(walk, key, place, given);
    const inner = { treatment: treatments[index] ?? "scan", name: key, depth: place.depth + 1 };
    const result = isIdentifier ? value : redactValue(walk, value, inner);
    plain &&= name === key && Object.is(result, value);
    results.push([name, result]);
  });
  if (left > 0) results.push([withheld("entries"), withheld(left)]);
  return plain && left === 0 ? record : Object.fromEntries(results);
}

function redactName(walk: Walk, key: string, { depth }: ValuePlace, given: Map<string, number>): string {
  const name = redactPlacedText({ text: key, treatment: "scan", name: "", depth }, walk.settings);
  return name === key ? key : uniqueName(name, given);
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function isScalar(value: unknown, { maxTextLength }: RedactionSettings): boolean {
  if (typeof value === "string") return value.length <= maxTextLength;
  return value === null || typeof value === "number" || types.isDate(value);
}
