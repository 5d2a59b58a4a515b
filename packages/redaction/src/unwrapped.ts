import { types } from "node:util";

/**
 * What JSON makes of an object that is not written property by property: the value of a String, Number or Boolean object, the
 * result of a `toJSON` method, the entries of a Map, the members of a Set, the bytes of a buffer. Any other object is itself.
 * Throws what `toJSON` throws.
 */
export function unwrapped(object: object): unknown {
  if (types.isStringObject(object)) return String.prototype.valueOf.call(object);
  if (types.isNumberObject(object)) return Number.prototype.valueOf.call(object);
  if (types.isBooleanObject(object)) return Boolean.prototype.valueOf.call(object);
  if (types.isMap(object)) return mapEntries(object);
  if (types.isSet(object)) return [...object];
  if (types.isAnyArrayBuffer(object)) return new Uint8Array(object.slice(0));
  if (ArrayBuffer.isView(object))
    return Uint8Array.from(new Uint8Array(object.buffer, object.byteOffset, object.byteLength));
  const { toJSON } = object as { readonly toJSON?: unknown };
  if (typeof toJSON !== "function") return object;
  const json: unknown = Reflect.apply(toJSON, object, [""]);
  return json === object ? { ...object, toJSON: undefined } : json;
}

function mapEntries(map: ReadonlyMap<unknown, unknown>): unknown {
  const entries = [...map];
  const named = entries.every(([key]) => typeof key === "string");
  return named ? Object.fromEntries(entries) : entries;
}
