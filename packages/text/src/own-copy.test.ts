import { expect, test } from "vitest";
import { ownCopy } from "./own-copy.ts";

test.each(["", "a", "a text of more than a few characters", " \u{1f600}\ud800 "])(
  "a copy of %j is the same text",
  (text) => {
    expect(ownCopy(text)).toBe(text);
  },
);
