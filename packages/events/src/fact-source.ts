import { read } from "./event-data.ts";
import { factKeys, familyBySlot, slotByKey } from "./fact-keys.ts";

/** What one object of an event says: each of its properties read once, so that looking for a fact costs next to nothing. */
export interface FactSource {
  /** A slot and its value in turn. Few: a search through them is faster than a larger list would be made. */
  readonly found: readonly unknown[];
  /** The bits of the families of its keys. */
  readonly families: number;
}

/** The objects in which facts are looked for, most important first. */
export interface Sources {
  readonly list: readonly FactSource[];
  /** The bits of the families of all. */
  readonly families: number;
}

/** No objects. */
export const noSources: Sources = { list: [], families: 0 };

/** Some objects, most important first. */
export function sourcesOf(...list: readonly FactSource[]): Sources {
  let families = 0;
  for (const source of list) families |= source.families;
  return { list, families };
}

/** What a source has in a slot. Undefined where it has no such property, or where reading it throws. */
export function valueAt({ found }: FactSource, slot: number): unknown {
  for (let index = 0; index < found.length; index += 2) if (found[index] === slot) return found[index + 1];
  return undefined;
}

/** Reads what an object says under the keys that may hold a fact. Never throws. */
export function readFacts(object: object): FactSource {
  try {
    const prototype: unknown = Object.getPrototypeOf(object);
    if (prototype === Object.prototype || prototype === null) return readPlain(object as Record<string, unknown>);
  } catch {
    // A getter or a proxy threw: what else the object says is read key by key.
  }
  return readPlain(Object.fromEntries(factKeys.map((key) => [key, read(object, key)])));
}

// Events have few of the many keys: going through those that are there is ten times as fast as asking for each.
function readPlain(object: Readonly<Record<string, unknown>>): FactSource {
  const found: unknown[] = [];
  let families = 0;
  for (const key in object) {
    const slot = slotByKey.get(key);
    if (slot === undefined) continue;
    found.push(slot, object[key]);
    families |= familyBySlot[slot] ?? 0;
  }
  return { found, families };
}
