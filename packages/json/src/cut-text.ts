import { truncateCodePoints, truncateMiddle } from "@clawmetry/siem-text";

/** A text of at most `most` characters. What was cut is added to `cuts`: where it stood, and its whole length. */
export function cutText(
  text: string,
  path: readonly string[],
  most: number,
  place: "end" | "middle",
  length: number,
  cuts: string[],
): string {
  if (text.length <= most) return text;
  const cut = place === "middle" ? truncateMiddle(text, most) : truncateCodePoints(text, most);
  if (cut !== text) cuts.push(cutName(path, length));
  return cut;
}

const LONGEST_CUT_NAME = 128;

/** What `siem.truncated` says of something that was cut. */
export function cutName(path: readonly string[], length: number): string {
  return `${truncateCodePoints(path.join(".").toWellFormed(), LONGEST_CUT_NAME)}:${length}`;
}
