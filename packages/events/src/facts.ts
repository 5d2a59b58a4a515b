import { asObject } from "./event-data.ts";
import { type FactPlaces } from "./fact-keys.ts";
import { type FactSource, noSources, readFacts, type Sources, sourcesOf, valueAt } from "./fact-source.ts";

// The guards are functions of their own, so small that the engine puts them in place of their calls: most events have few of
// the facts that are looked for.

/** The first text (see `text`) in one of `places`: sources in order, and in each the places in order. */
export function firstText(sources: Sources, places: FactPlaces): string | undefined {
  return sources.families & places.families ? find(sources, places, text) : undefined;
}

/** The first number (see `number`) in one of `places`. */
export function firstNumber(sources: Sources, places: FactPlaces): number | undefined {
  return sources.families & places.families ? find(sources, places, number) : undefined;
}

/** The first value in one of `places` that `pick` takes. */
export function first<T>(sources: Sources, places: FactPlaces, pick: (value: unknown) => T | undefined): T | undefined {
  return sources.families & places.families ? find(sources, places, pick) : undefined;
}

function find<T>(sources: Sources, places: FactPlaces, pick: (value: unknown) => T | undefined): T | undefined {
  for (const source of sources.list) {
    for (const slot of places.slots) {
      const value = valueAt(source, slot);
      const hit = value === undefined ? undefined : pick(value);
      if (hit !== undefined) return hit;
    }
  }
  return undefined;
}

/** The value as text: a string that is not blank, or a finite number. */
export function text(value: unknown): string | undefined {
  if (typeof value === "string") return isPrintable(value.charCodeAt(0)) || /\S/.test(value) ? value : undefined;
  return (typeof value === "number" && Number.isFinite(value)) || typeof value === "bigint" ? String(value) : undefined;
}

// Most texts show by their first character that they are not blank.
function isPrintable(unit: number): boolean {
  return unit > 0x20 && unit < 0x7f;
}

/** The value as a finite number: a number, or text that is one. */
export function number(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? value : undefined;
  if (typeof value === "bigint") return Number(value);
  return typeof value === "string" && /^\s*[+-]?\d{1,15}(?:\.\d{1,15})?\s*$/.test(value) ? Number(value) : undefined;
}

/** Any value that says something: not null, not an empty text, not a function. */
export function present(value: unknown): unknown {
  return value === null || value === "" || typeof value === "function" ? undefined : value;
}

/** The value as a yes or no: a boolean, or the words true and false. */
export function truth(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (value === "true") return true;
  return value === "false" ? false : undefined;
}

/** What the objects in a place say, one for each source that has one. */
export function nested(sources: Sources, place: FactPlaces): Sources {
  return sources.families & place.families ? findNested(sources, place) : noSources;
}

function findNested(sources: Sources, place: FactPlaces): Sources {
  const found: FactSource[] = [];
  for (const source of sources.list) {
    for (const slot of place.slots) {
      const object = asObject(valueAt(source, slot));
      if (object !== undefined) found.push(readFacts(object));
    }
  }
  return found.length === 0 ? noSources : sourcesOf(...found);
}
