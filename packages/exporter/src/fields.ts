/** An object from outside, by name. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether the value is an object with named fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
