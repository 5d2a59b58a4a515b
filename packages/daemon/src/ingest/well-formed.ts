/**
 * JSON with U+FFFD for every lone surrogate, in keys and values. UTF-8 has no lone surrogates, so that a line of syslog could not hold
 * what the store held. Takes what JSON.parse gives, and changes nothing of it.
 */
export function wellFormed<T>(value: T): T;
export function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => wellFormed(item));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed<unknown>(item)]),
  );
}
