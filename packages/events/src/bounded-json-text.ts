import { jsonText } from "./json-text.ts";
import { plainJson } from "./plain-json.ts";
import { rememberedKeys } from "./remembered-keys.ts";

// Each form is tried when the one before would be too long; the last is short whatever it is given.
const MOST_CHARACTERS = 256 * 1024;
// So short that no list or text in it can be too long for the first form: an entry takes at least two characters.
const SMALL = 512;
// How JSON.stringify begins a lone surrogate, which is to become U+FFFD.
const SURROGATE_ESCAPE = "\\ud";
const FORMS = [
  { maxDepth: 16, maxEntries: 256, maxString: 8192 },
  { maxDepth: 8, maxEntries: 32, maxString: 2048 },
  { maxDepth: 2, maxEntries: 16, maxString: 512 },
] as const;

/**
 * Writes a value as compact JSON of bounded length, for a field that shows its beginning and its end: strings that are too
 * long keep their first 70 % and last 30 %, long lists their first entries. Costs no more than what it writes.
 */
export function boundedJsonText(value: unknown): string {
  const plain = plainJson(value, SMALL, FORMS[0].maxDepth);
  if (plain !== undefined && !plain.includes(SURROGATE_ESCAPE)) return plain;
  const keys = rememberedKeys();
  for (const { maxDepth, maxEntries, maxString } of FORMS) {
    const text = (item: string): string => shorten(item, maxString);
    const written = jsonText(value, { maxDepth, maxEntries, maxLength: MOST_CHARACTERS, keys, text });
    if (written !== undefined) return written;
  }
  return '"[Truncated]"';
}

function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const head = Math.floor(most * 0.7);
  return `${text.slice(0, head)}\u2026${text.slice(head - most)}`;
}
