/** The members of an object as they were read once. */
export interface Members {
  readonly entries: readonly (readonly [key: string, value: unknown])[];
  /** How many members were left out because of the limit. */
  readonly left: number;
  /** Whether the object holds these members, plainly, and nothing else: no accessors, no hidden properties, no class. */
  readonly plain: boolean;
}

/** Stands for what could not be read. */
export const UNREADABLE: unique symbol = Symbol("unreadable");

/**
 * The enumerable properties of an object, at most `limit` of them, each read once, so that what is checked is what is kept. Of an
 * error also its name and message. Throws when the object cannot be listed; a property that cannot be read is `UNREADABLE`.
 */
export function readProperties(object: object, limit: number, isProxy: boolean): Members {
  const prototype: unknown = Object.getPrototypeOf(object);
  const entries: (readonly [key: string, value: unknown])[] = [];
  let plain = !isProxy && (prototype === Object.prototype || prototype === null);
  let left = 0;
  for (const key of keysOf(object)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(object, key);
    const shown = descriptor?.enumerable === true || (object instanceof Error && (key === "message" || key === "name"));
    if (typeof key === "symbol" || !shown) plain = false;
    else if (entries.length >= limit && limit !== Infinity) left++;
    else {
      if (isProxy || descriptor === undefined || !("value" in descriptor)) plain = false;
      entries.push([key, isProxy ? read(object, key) : descriptorValue(object, key, descriptor)]);
    }
  }
  return { entries, left, plain: plain && left === 0 };
}

function keysOf(object: object): readonly (string | symbol)[] {
  const keys = Reflect.ownKeys(object);
  if (!(object instanceof Error)) return keys;
  return keys.includes("name") ? keys : ["name", ...keys];
}

function descriptorValue(object: object, key: string, descriptor: PropertyDescriptor | undefined): unknown {
  return descriptor !== undefined && "value" in descriptor ? (descriptor.value as unknown) : read(object, key);
}

/** The elements of an array, at most `limit` of them, each read once. Throws when the array has no readable length. */
export function readElements(array: readonly unknown[], limit: number, isProxy: boolean): Members {
  const { length } = array;
  const count = Math.min(length, limit);
  const entries: (readonly [key: string, value: unknown])[] = [];
  // Elements and `length`, and nothing beside them; holes make fewer of them.
  let plain = !isProxy && count === length && Reflect.ownKeys(array).length === length + 1;
  for (let index = 0; index < count; index++) {
    const descriptor = isProxy ? undefined : Reflect.getOwnPropertyDescriptor(array, index);
    if (descriptor === undefined || !("value" in descriptor)) plain = false;
    entries.push([String(index), descriptorValue(array, String(index), descriptor)]);
  }
  return { entries, left: length - count, plain };
}

function read(object: object, key: string): unknown {
  try {
    return (object as Readonly<Record<string, unknown>>)[key];
  } catch {
    return UNREADABLE;
  }
}
