import { type Sources, asObject, read } from "./event-data.ts";

/** The first value under one of `keys` that `pick` takes: sources in order, and in each the keys in order. */
export function first<T>(
  sources: Sources,
  keys: readonly string[],
  pick: (value: unknown) => T | undefined,
): T | undefined {
  for (const source of sources) {
    for (const key of keys) {
      const hit = pick(read(source, key));
      if (hit !== undefined) return hit;
    }
  }
  return undefined;
}

/** The value as text: a string that is not blank, or a finite number. */
export function text(value: unknown): string | undefined {
  if (typeof value === "string") return /\S/.test(value) ? value : undefined;
  return (typeof value === "number" && Number.isFinite(value)) || typeof value === "bigint" ? String(value) : undefined;
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

const NONE: readonly object[] = [];

/** The objects under `key`, one for each source that has one. */
export function objectsAt(sources: Sources, key: string): readonly object[] {
  let found: object[] | undefined;
  for (const source of sources) {
    const object = asObject(read(source, key));
    if (object !== undefined) (found ??= []).push(object);
  }
  return found ?? NONE;
}
