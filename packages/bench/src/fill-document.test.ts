import { expect, test } from "vitest";
import { fillDocument } from "./fill-document.ts";

const figures = {
  node: "20.1.2",
  cores: 2,
  memoryGiB: 24,
  reports: [{ title: "Speed", about: "Of all.", columns: ["who", "n"], rows: [["one", 3]] as const }],
};

test("tables are put between their comments, and what was there goes", () => {
  const text = "a\n<!-- tables 20 -->\nold\n<!-- end -->\nb\n<!-- tables 24 -->\nkept\n<!-- end -->\n";
  expect(fillDocument(text, "tables", figures)).toBe(
    "a\n<!-- tables 20 -->\n\nNode 20.1.2, 2 cores, 24 GiB, Linux.\n\n" +
      "#### Speed\n\nOf all.\n\n| who | n |\n| --- | ---: |\n| one | 3 |\n\n<!-- end -->\nb\n<!-- tables 24 -->\nkept\n<!-- end -->\n",
  );
});

test("a document without the place is refused", () => {
  expect(() => fillDocument("nothing", "tables", figures)).toThrow("there is no <!-- tables 20 --> with an end");
});
