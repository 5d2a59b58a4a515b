const MAX_DEPTH = 64;

/**
 * `JSON.stringify` for a value that it writes right: plain objects and arrays of strings, numbers, booleans and null, of about
 * `maxLength` characters at most and at most `maxDepth` levels (default 64). Undefined for anything else, soon after it is
 * found. Lone surrogates are written as escapes.
 */
export function plainJson(value: unknown, maxLength: number, maxDepth: number = MAX_DEPTH): string | undefined {
  try {
    return value === undefined || roomAfter(value, maxLength, maxDepth) < 0 ? undefined : JSON.stringify(value);
  } catch {
    return undefined; // a proxy or a getter threw, or a cycle was met
  }
}

// The room that is left after a value. Negative where it does not fit or is not plain.
function roomAfter(item: unknown, room: number, depth: number): number {
  switch (typeof item) {
    case "string":
      return room - item.length - 2;
    case "number":
    case "boolean":
    case "undefined":
      return room - 2;
    case "object":
      if (item === null) return room;
      return depth === 0 ? -1 : roomAfterContainer(item, room - 2, depth - 1);
    default:
      return -1;
  }
}

function roomAfterContainer(item: object, room: number, depth: number): number {
  if (Array.isArray(item)) return item.length <= room ? roomAfterList(item, room, depth) : -1;
  const prototype: unknown = Object.getPrototypeOf(item);
  if (prototype !== Object.prototype && prototype !== null) return -1;
  let left = room;
  for (const key in item) {
    left = roomAfter((item as Readonly<Record<string, unknown>>)[key], left - key.length - 3, depth);
    if (left < 0) return -1;
  }
  return left;
}

function roomAfterList(items: readonly unknown[], room: number, depth: number): number {
  let left = room;
  for (const item of items) {
    left = roomAfter(item, left, depth);
    if (left < 0) return -1;
  }
  return left;
}
