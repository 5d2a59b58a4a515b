import { bytesOf, isArray } from "./event-data.ts";

/** How a value is written, and where writing stops. */
export interface JsonTextOptions {
  /** Objects and arrays nested deeper than this are written as `"[Truncated]"`. Default 64. */
  readonly maxDepth?: number;
  /** Entries of each array or object that are written. Default: all. */
  readonly maxEntries?: number;
  /** UTF-16 code units after which writing is given up. Default: no limit. */
  readonly maxLength?: number;
  /**
   * What is written for a string. `path`: the keys that lead to it; valid only during the call. `length`: that of the whole
   * value, in characters, or in bytes where it is the beginning of many bytes.
   */
  readonly text?: (value: string, path: readonly string[], length: number) => string;
  /** The names of an object's properties. Default `Object.keys`; a caller that writes the same value again may remember. */
  readonly keys?: (item: object) => readonly string[];
  /** Told of every array or object that was not written whole, with the number of its entries. */
  readonly onCut?: (path: readonly string[], entries: number) => void;
}

/**
 * Writes any value as compact JSON (RFC 8259) on one line. Never throws. What JSON cannot hold becomes what
 * `JSON.stringify` makes of it, and where that throws or says nothing: a cycle `"[Circular]"`, a getter or `toJSON` that
 * throws `"[Unserializable]"`, a BigInt its digits, bytes their UTF-8 text, a Map an object, a Set an array, an Error its
 * name and message. Lone surrogates become U+FFFD. Gives undefined when `maxLength` was passed.
 */
export function jsonText(value: unknown, options: JsonTextOptions = {}): string | undefined {
  const { maxDepth = 64, maxEntries = Infinity, maxLength = Infinity, keys = Object.keys, text, onCut } = options;
  const ancestors: unknown[] = [];
  const path: string[] = [];
  let written = 0;

  function write(item: unknown): string | undefined {
    if (written > maxLength) return undefined;
    switch (typeof item) {
      case "string":
        return string(item, item.length);
      case "number":
        return count(Number.isFinite(item) ? String(item === 0 ? 0 : item) : "null");
      case "bigint":
        return count(`"${String(item)}"`);
      case "boolean":
        return count(String(item));
      case "object":
        return item === null ? count("null") : guarded(item);
      default:
        return undefined; // undefined, a function, a symbol: JSON leaves them out
    }
  }

  function string(item: string, length: number): string | undefined {
    const shown = text === undefined ? item : text(item, path, length);
    if (shown.length > maxLength - written) {
      written = Infinity;
      return undefined;
    }
    return count(JSON.stringify(shown.toWellFormed()));
  }

  function guarded(item: object): string | undefined {
    const depth = ancestors.length;
    const steps = path.length;
    try {
      return container(item);
    } catch {
      ancestors.length = depth;
      path.length = steps;
      return count('"[Unserializable]"'); // a proxy or a toJSON method threw
    }
  }

  function container(item: object): string | undefined {
    if (ancestors.includes(item)) return count('"[Circular]"');
    const bytes = bytesOf(item);
    // Every byte is at least a part of a character: what lies beyond the limit cannot be shown.
    if (bytes !== undefined) return string(new TextDecoder().decode(bytes.subarray(0, maxLength)), bytes.length);
    const plain = plainForm(item, path.at(-1) ?? "");
    if (typeof plain !== "object" || plain === null) return write(plain);
    if (ancestors.length >= maxDepth) {
      onCut?.(path, isArray(plain) ? plain.length : keys(plain).length);
      return count('"[Truncated]"');
    }
    ancestors.push(item);
    const result = isArray(plain) ? list(plain) : record(plain);
    ancestors.pop();
    return result;
  }

  function list(items: readonly unknown[]): string {
    const end = Math.min(items.length, maxEntries);
    let body = "";
    written += 2;
    for (let index = 0; index < end && written <= maxLength; index++) {
      path.push(String(index));
      const entry = write(jsonProperty(items, index)) ?? count("null");
      path.pop();
      body += index === 0 ? entry : `,${entry}`;
      written++;
    }
    if (end < items.length) onCut?.(path, items.length);
    return `[${body}]`;
  }

  function record(item: object): string {
    const names = keys(item);
    let body = "";
    let entries = 0;
    written += 2;
    for (const key of names) {
      if (entries >= maxEntries) {
        onCut?.(path, names.length);
        break;
      }
      if (written > maxLength) break;
      path.push(key);
      const entry = write(jsonProperty(item, key));
      path.pop();
      if (entry === undefined) continue;
      const name = JSON.stringify(key.toWellFormed());
      body += entries === 0 ? `${name}:${entry}` : `,${name}:${entry}`;
      written += name.length + 2;
      entries++;
    }
    return `{${body}}`;
  }

  function count(piece: string): string {
    written += piece.length;
    return piece;
  }

  const result = write(value) ?? "null";
  return written > maxLength ? undefined : result;
}

/** Reads a property that is to be written: `"[Unserializable]"` where a getter or a proxy throws. */
export function jsonProperty(item: object, key: string | number): unknown {
  try {
    return (item as Record<string | number, unknown>)[key];
  } catch {
    return "[Unserializable]"; // a getter threw: the other properties are still worth having
  }
}

function plainForm(item: object, key: string): unknown {
  const toJson: unknown = (item as Record<string, unknown>)["toJSON"];
  if (typeof toJson === "function") {
    return Reflect.apply(toJson, item, [key]) as unknown;
  }
  if (item instanceof Map)
    return Object.fromEntries([...item].map(([name, value]) => [String(name), value as unknown]));
  if (item instanceof Set) return [...item];
  if (item instanceof Error) return Object.assign({ name: item.name, message: item.message }, item);
  if (item instanceof Number || item instanceof String || item instanceof Boolean) return item.valueOf();
  return item;
}
