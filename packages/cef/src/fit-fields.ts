import { truncateCodePoints, truncateMiddle, utf8Length } from "@clawmetry/siem-text";
import { type CefField, fieldText } from "./cef-field.ts";

// Ids of 64 characters may take 256 bytes each: under a small cap they would keep the event from being sent at all.
const SHORTEST_ID = 8;
const ID_LENGTHS = [64, 32, 16, SHORTEST_ID];

/**
 * Shortens fields until they fit into `room` bytes, separating spaces included: texts first, the longest first, down to their
 * mark; then ids, to 64 characters, and texts are left out where need be; then ids to as few as 8 characters. What must never be cut
 * stays, so that the result may not fit.
 *
 * `complete` adds what depends on the ids, such as the names of those that were cut.
 */
export function fitFields(
  fields: readonly CefField[],
  room: number,
  escape: (clean: string) => string,
  complete: (fields: readonly CefField[]) => readonly CefField[],
): readonly CefField[] {
  const whole = complete(fields);
  const length = longestThatFits(whole, room, escape, 1);
  if (length !== undefined) return shortenTexts(whole, length);
  for (const idLength of ID_LENGTHS) {
    const shortened = complete(fields.map((field) => shortenId(field, idLength)));
    const rest = longestThatFits(shortened, room, escape, 0);
    if (rest !== undefined) return shortenTexts(shortened, rest);
  }
  return shortenTexts(complete(fields.map((field) => shortenId(field, SHORTEST_ID))), 0);
}

// The greatest length of a text, in characters, with which everything fits: what is longer than that is cut to it.
function longestThatFits(
  fields: readonly CefField[],
  room: number,
  escape: (clean: string) => string,
  least: number,
): number | undefined {
  const fits = (length: number): boolean => sizeOf(shortenTexts(fields, length), escape) <= room;
  if (!fits(least)) return undefined;
  let low = least;
  let high = Math.max(least, ...fields.filter(isText).map((field) => field.text.length));
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function shortenTexts(fields: readonly CefField[], length: number): CefField[] {
  return fields.flatMap((field) => {
    if (!isText(field)) return [field];
    if (length === 0) return [];
    const cut = field.cut === "middle" ? truncateMiddle : truncateCodePoints;
    return [{ ...field, text: cut(field.text, length) }];
  });
}

function shortenId(field: CefField, length: number): CefField {
  return field.cut === "id" ? { ...field, text: truncateCodePoints(field.text, length) } : field;
}

function sizeOf(fields: readonly CefField[], escape: (clean: string) => string): number {
  return fields.reduce((bytes, field) => bytes + utf8Length(fieldText(field, escape)) + 1, -1);
}

function isText(field: CefField): boolean {
  return field.cut === "end" || field.cut === "middle";
}
