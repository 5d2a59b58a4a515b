import { cutText } from "./cut-text.ts";
import { escapeJson, isPlainText } from "./escape-json.ts";
import { type SiemKey } from "./siem-keys.ts";

/** The object under `siem` while it is written, safe for a line at every step (see `escapeJson`). */
export interface SiemWriter {
  json: string;
  /** Characters of a text, the mark included. */
  readonly maxText: number;
  /** What was cut: for `siem.truncated`. */
  readonly cuts: string[];
}

// Splunk reads the keys of the first 5000 bytes only, and `siem` must lie within them.
const LONGEST_FACT = 1023;

/** Begins the object with its first key. */
export function createSiemWriter(schema: number, maxText: number, cuts: string[]): SiemWriter {
  return { json: `{"schema":${schema}`, maxText: Math.min(LONGEST_FACT, maxText), cuts };
}

/** Writes a text, shortened where it is too long. */
export function writeText(writer: SiemWriter, key: SiemKey, text: string | undefined): void {
  if (text === undefined) return;
  if (text.length <= writer.maxText && isPlainText(text)) writePlain(writer, key, text);
  else writer.json += key.beforeValue + cutFact(writer, key, text);
}

/** Writes a text that is never cut. */
export function writeWord(writer: SiemWriter, key: SiemKey, word: string | undefined): void {
  if (word === undefined) return;
  if (isPlainText(word)) writePlain(writer, key, word);
  else writeValue(writer, key, word);
}

/** Writes a list of texts, if there are any. */
export function writeTexts(writer: SiemWriter, key: SiemKey, texts: readonly string[]): void {
  if (texts.length === 0) return;
  writer.json += `${key.beforeValue}[${texts.map((text) => cutFact(writer, key, text)).join(",")}]`;
}

/** Writes a number. */
export function writeNumber(writer: SiemWriter, key: SiemKey, value: number | undefined): void {
  if (value !== undefined) writer.json += key.beforeValue + (Number.isFinite(value) ? String(value) : "null");
}

/** Writes any value that is never cut. */
export function writeValue(writer: SiemWriter, key: SiemKey, value: unknown): void {
  writer.json += key.beforeValue + escapeJson(JSON.stringify(value));
}

function writePlain(writer: SiemWriter, key: SiemKey, text: string): void {
  writer.json += key.beforeText;
  writer.json += text;
  writer.json += '"';
}

function cutFact(writer: SiemWriter, { name }: SiemKey, text: string): string {
  const place = name === "command" ? "middle" : "end";
  const cut = cutText(text, ["siem", name], writer.maxText, place, text.length, writer.cuts);
  return isPlainText(cut) ? `"${cut}"` : escapeJson(JSON.stringify(cut.toWellFormed()));
}
