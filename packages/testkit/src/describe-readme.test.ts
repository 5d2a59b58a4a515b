import { expect, test } from "vitest";
import { describeReadme, promisedLines } from "./describe-readme.ts";

await describeReadme(new URL("../test/readme/", import.meta.url));

test("the promised lines are those after the last // prints:, without the comment marks", () => {
  expect(promisedLines('console.log("a");\n\n// prints:\n// a\n//\n//   indented\n')).toEqual(["a", "", "  indented"]);
});

test("an example that promises nothing is refused", () => {
  expect(() => promisedLines('console.log("a");\n')).toThrow("has no comment block");
});

test("code after the promise is refused", () => {
  expect(() => promisedLines("// prints:\n// a\nf();\n")).toThrow("must end the example");
});

test("a folder without examples is refused", async () => {
  await expect(describeReadme(new URL("../test/none/", import.meta.url))).rejects.toThrow("ENOENT");
});
