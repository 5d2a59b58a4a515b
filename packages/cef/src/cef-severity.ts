// The words of the standard, as the numbers at the lower end of each range.
const SEVERITY_WORDS: ReadonlyMap<string, number> = new Map([
  ["Unknown", 0],
  ["Low", 0],
  ["Medium", 4],
  ["High", 7],
  ["Very-High", 9],
]);

/** The number of a severity field: 0 to 10, or a word. Undefined for anything else. */
export function parseSeverity(field: string): number | undefined {
  return /^(?:[0-9]|10)$/.test(field) ? Number(field) : SEVERITY_WORDS.get(field);
}

/** A severity as it is written: the nearest whole number from 0 to 10. A word counts as its number, anything else as 0. */
export function severityText(severity: unknown): string {
  const value = typeof severity === "string" ? (parseSeverity(severity) ?? Number(severity)) : Number(severity);
  return String(Math.min(10, Math.max(0, Math.round(value))) || 0);
}
