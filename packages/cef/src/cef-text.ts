import { cleanText, cleanToLength, type CutPlace, truncateCodePoints } from "@clawmetry/siem-text";
import { type CefEncoding } from "./cef-message.ts";

// Printable ASCII without a blank at either end or two in a row, and without what has to be escaped.
const PLAIN = /^[!-<>-[\]-~]+(?: [!-<>-[\]-~]+)*$/;
// Any marker of a CEF or LEEF record holds this.
const MARKER_END = /f:[0-9]/i;

/** Whether every profile writes a value as it is, but for its length. Most values are like that, and this is the quick way. */
export function isPlain(value: string): boolean {
  return PLAIN.test(value) && !(value.includes(":") && MARKER_END.test(value));
}

/** Whether every profile writes a header field as it is, but for its length. */
export function isPlainHeader(field: string): boolean {
  return field.length <= SHORTEST_HEADER && PLAIN_HEADER.test(field);
}

/** How a profile writes text into the two places that a record has. */
export interface CefText {
  /** A header field, ready to be written. */
  readonly header: (text: string, maxLength: number) => string;
  /** An extension value before escaping: cleaned and of at most `maxLength` characters. Empty: the key is left out. */
  readonly clean: (text: string, maxLength: number, place?: CutPlace) => string;
  /** A clean extension value as it is written. */
  readonly escape: (clean: string) => string;
}

// A header field is never empty: with nothing between two pipes some decoders shift the columns.
const EMPTY_HEADER = "unknown";

// What needs no change at all, such as every name of the event mapping, and no header field is too short for.
const SHORTEST_HEADER = 31;
const PLAIN_HEADER = /^[\w.-]+(?: [\w.-]+)*$/;

const portable: CefText = {
  header: (text, maxLength) => {
    if (text.length <= maxLength && PLAIN_HEADER.test(text)) return text;
    const line = cleanText(text).replaceAll("\n", " ").replace(/[\\|]/g, "/").replace(/ {2,}/g, " ");
    const trimmed = trimQuotes(truncateCodePoints(trimQuotes(line), maxLength));
    return trimmed === "" ? EMPTY_HEADER : trimmed;
  },
  clean: (text, maxLength, place) => (maxLength === Infinity ? cleanText(text) : cleanToLength(text, maxLength, place)),
  escape: (clean) => (/[\\=\n]/.test(clean) ? clean.replace(/[\\=]/g, "\\$&").replaceAll("\n", "\\n") : clean),
};

const spec: CefText = {
  header: (text) =>
    text
      .toWellFormed()
      .replace(/\r\n|[\r\n]/g, " ")
      .replace(/[\\|]/g, "\\$&"),
  clean: (text) => text.toWellFormed(),
  escape: (clean) => clean.replace(/[\\=]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r"),
};

/** The text rules of an encoding. */
export function cefText({ profile, newlines, equals }: CefEncoding): CefText {
  if (profile === "spec") return spec;
  return newlines === "space" || equals === "fullwidth"
    ? adapted(newlines === "space", equals === "fullwidth")
    : portable;
}

// Portable, for decoders that get an escape wrong: neither replacement needs one, and neither changes a length.
function adapted(spaces: boolean, fullwidth: boolean): CefText {
  return {
    ...portable,
    clean: (text, maxLength, place) => {
      const clean = portable.clean(text, maxLength, place);
      const line = spaces ? clean.replaceAll("\n", " ") : clean;
      return fullwidth ? line.replaceAll("=", "\uff1d") : line;
    },
  };
}

function trimQuotes(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isQuoteOrSpace(text.charCodeAt(start))) start++;
  while (end > start && isQuoteOrSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}

function isQuoteOrSpace(code: number): boolean {
  return code === 0x20 || code === 0x22;
}
