import { cleanText } from "./clean.ts";
import { TRUNCATION_MARK, truncateCodePoints, truncateMiddle } from "./truncate.ts";

/** `end`: the end is cut away. `middle`: the first 70 % and the last 30 % stay. */
export type CutPlace = "end" | "middle";

// Cleaning turns at most two code units into one code point (a surrogate pair, CR LF).
const UNITS_PER_CODE_POINT = 2;

/**
 * `cleanText`, and then at most `maxCodePoints` code points. Costs no more than the length it keeps, however long the value
 * is: what lies beyond is cut away before it is looked at.
 */
export function cleanToLength(value: string, maxCodePoints: number, place: CutPlace = "end"): string {
  const clean = cleanText(shorten(value, maxCodePoints, place));
  return place === "middle" ? truncateMiddle(clean, maxCodePoints) : truncateCodePoints(clean, maxCodePoints);
}

function shorten(value: string, maxCodePoints: number, place: CutPlace): string {
  const kept = maxCodePoints * UNITS_PER_CODE_POINT;
  if (value.length <= kept * 2) return value;
  return value.slice(0, kept) + TRUNCATION_MARK + (place === "middle" ? value.slice(-kept) : "");
}
