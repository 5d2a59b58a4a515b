import { read } from "./event-data.ts";
import { factKeys, familyBySlot, slotByKey } from "./fact-keys.ts";

/** What one object of an event says: each of its properties read once, so that looking for a fact costs next to nothing. */
export interface FactSource {
  /** By slot. Undefined where the object has no such property, or where reading it throws. */
  readonly values: readonly unknown[];
  /** The bits of the families of its keys. */
  readonly families: number;
}

/** The objects in which the facts of an event are looked for, most important first. */
export type Sources = readonly FactSource[];

const NO_VALUES: readonly unknown[] = factKeys.map(() => undefined);
const ALL_FAMILIES = -1;

/** Reads what an object says under the keys that may hold a fact. Never throws. */
export function readFacts(object: object): FactSource {
  try {
    const prototype: unknown = Object.getPrototypeOf(object);
    if (prototype === Object.prototype || prototype === null) return readPlain(object as Record<string, unknown>);
  } catch {
    // A getter or a proxy threw: what else the object says is read key by key.
  }
  return { values: factKeys.map((key) => read(object, key)), families: ALL_FAMILIES };
}

// Events have few of the many keys: going through those that are there is ten times as fast as asking for each.
function readPlain(object: Readonly<Record<string, unknown>>): FactSource {
  const values = NO_VALUES.slice();
  let families = 0;
  for (const key in object) {
    const slot = slotByKey.get(key);
    if (slot === undefined) continue;
    values[slot] = object[key];
    families |= familyBySlot[slot] ?? 0;
  }
  return { values, families };
}
