import { growthFactor } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { cleanToLength } from "./clean-to-length.ts";
import { cleanControls, cleanText } from "./clean.ts";
import { truncateBytes, truncateCodePoints, truncateMiddle, utf8Length } from "./truncate.ts";

const pieces = [
  "a",
  " ",
  "\n",
  "\r",
  "\r\n",
  "\t",
  "\u2028",
  "\u202e",
  "\ud800",
  "\u{1f600}",
  "C",
  "LE",
  "CEF:",
  "LEEF:0",
];
const functions: readonly (readonly [name: string, run: (text: string) => unknown])[] = [
  ["cleanText", cleanText],
  ["cleanControls", cleanControls],
  ["cleanToLength", (text) => cleanToLength(text, text.length / 2, "middle")],
  ["truncateBytes", (text) => truncateBytes(text, text.length / 2)],
  ["truncateCodePoints", (text) => truncateCodePoints(text, text.length / 4)],
  ["truncateMiddle", (text) => truncateMiddle(text, text.length / 4)],
  ["utf8Length", utf8Length],
];

// Sixteen times the text: 16 when linear, 256 when quadratic.
test.each(functions)("%s takes linear time", (_name, run) => {
  for (const piece of pieces) expect(growthFactor(run, piece), JSON.stringify(piece)).toBeLessThan(100);
});
