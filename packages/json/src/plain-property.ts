import { isPlainText } from "./escape-json.ts";

/** Writes a text as a property after a comma, safe for a line. Undefined for a text that does not stand there as it is. */
export type WriteProperty = (text: string) => string | undefined;

/** Writes the property that begins with `before`: a comma, the key, and what begins a text. */
export function plainProperty(before: string): WriteProperty {
  return (text) => (isPlainText(text) ? `${before}${text}"` : undefined);
}
