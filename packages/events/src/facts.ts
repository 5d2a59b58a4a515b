import { asObject } from "./event-data.ts";
import { type FactPlaces } from "./fact-keys.ts";
import { type FactSource, readFacts, type Sources } from "./fact-source.ts";

/** The first text (see `text`) under one of `places`: sources in order, and in each the places in order. */
export function firstText(sources: Sources, places: FactPlaces): string | undefined {
  for (const { values, families } of sources) {
    if ((families & places.families) === 0) continue;
    for (const slot of places.slots) {
      const value = values[slot];
      const hit = value === undefined ? undefined : text(value);
      if (hit !== undefined) return hit;
    }
  }
  return undefined;
}

/** The first number (see `number`) under one of `places`. */
export function firstNumber(sources: Sources, places: FactPlaces): number | undefined {
  for (const { values, families } of sources) {
    if ((families & places.families) === 0) continue;
    for (const slot of places.slots) {
      const value = values[slot];
      const hit = value === undefined ? undefined : number(value);
      if (hit !== undefined) return hit;
    }
  }
  return undefined;
}

/** The first value under one of `places` that `pick` takes. */
export function first<T>(sources: Sources, places: FactPlaces, pick: (value: unknown) => T | undefined): T | undefined {
  for (const { values, families } of sources) {
    if ((families & places.families) === 0) continue;
    for (const slot of places.slots) {
      const value = values[slot];
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

const NOTHING: Sources = [];

/** What the objects under a slot say, one for each source that has one. */
export function nested(sources: Sources, slot: number): Sources {
  let found: FactSource[] | undefined;
  for (const { values } of sources) {
    const value = values[slot];
    const object = value === undefined ? undefined : asObject(value);
    if (object !== undefined) (found ??= []).push(readFacts(object));
  }
  return found ?? NOTHING;
}
