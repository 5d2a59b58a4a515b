/** An object of JSON. */
export type Fields = Readonly<Record<string, unknown>>;

/** The value when it is an object with named properties. */
export function asFields(value: unknown): Fields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** The object that a JSON text holds. Undefined for anything else. */
export function parseObject(text: string): Fields | undefined {
  return asFields(parseValue(text));
}

/** The value of a JSON text. Undefined for anything else. */
export function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the message of the parser repeats a piece of the line
  }
}
