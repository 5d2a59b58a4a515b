const MAX_DEPTH = 64;
// JSON.stringify writes a lone surrogate as an escape, which strict readers refuse. (An escaped backslash before it costs
// nothing but the slower way.)
const LONE_SURROGATE = /\\ud[89a-f]/;

/**
 * `JSON.stringify` for a value that it writes right: plain objects and arrays of strings, numbers, booleans and null, of about
 * `maxLength` characters at most. Undefined for anything else, soon after it is found.
 */
export function plainJson(value: unknown, maxLength: number): string | undefined {
  let left = maxLength;

  function isPlain(item: unknown, depth: number): boolean {
    switch (typeof item) {
      case "string":
        left -= item.length + 2;
        return left >= 0;
      case "number":
      case "boolean":
      case "undefined":
        left -= 2;
        return left >= 0;
      case "object":
        return item === null || (depth < MAX_DEPTH && isPlainContainer(item, depth + 1));
      default:
        return false;
    }
  }

  function isPlainContainer(item: object, depth: number): boolean {
    left -= 2;
    if (Array.isArray(item)) {
      return item.length <= left && item.every((entry) => isPlain(entry, depth));
    }
    const prototype: unknown = Object.getPrototypeOf(item);
    if (prototype !== Object.prototype && prototype !== null) return false;
    for (const key in item) {
      left -= key.length + 3;
      if (left < 0 || !isPlain((item as Record<string, unknown>)[key], depth)) return false;
    }
    return true;
  }

  try {
    if (value === undefined || !isPlain(value, 0)) return undefined;
    const json = JSON.stringify(value);
    return LONE_SURROGATE.test(json) ? undefined : json;
  } catch {
    return undefined; // a proxy or a getter threw, or a cycle was met
  }
}
