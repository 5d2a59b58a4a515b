import fc from "fast-check";
import { expect, test } from "vitest";
import { CefSyntaxError, parseCef } from "./parse-cef.ts";

const header = "CEF:0|V|P|1|100|N|5|";

test.each([
  [
    "escapes in the header",
    "CEF:0|a\\|b|a\\\\|1|x=y|N|5|",
    { deviceVendor: "a|b", deviceProduct: "a\\", signatureId: "x=y" },
  ],
  ["no extension", header, { severity: 5, extensions: {} }],
  ["CEF:1", "CEF:1|V|P|1|100|N|10|a=1", { severity: 10, extensions: { a: "1" } }],
  ["severity words", "CEF:0|V|P|1|100|N|Very-High|", { severity: 9 }],
  ["every escape of a value", `${header}a=\\\\ \\= \\n \\r |`, { extensions: { a: "\\ = \n \r |" } }],
  ["spaces that belong to the value before", `${header}a=1  b=2 `, { extensions: { a: "1 ", b: "2 " } }],
  [
    "a value of words before a key",
    `${header}msg=see this act=allow`,
    { extensions: { msg: "see this", act: "allow" } },
  ],
  ["an empty value", `${header}a= b=`, { extensions: { a: "", b: "" } }],
  ["a key that objects have", `${header}constructor=1 toString=2`, { extensions: { constructor: "1", toString: "2" } }],
])("reads %s", (_name, line, expected) => {
  expect(parseCef(line)).toMatchObject(expected);
});

test.each([
  ["nothing", "", 0, "expected CEF:0| or CEF:1|"],
  ["a syslog header before it", "<134>1 - - - - - - CEF:0|V|P|1|1|N|5|", 0, "expected CEF:0| or CEF:1|"],
  ["CEF:2", "CEF:2|V|P|1|1|N|5|", 0, "expected CEF:0| or CEF:1|"],
  ["six pipes", "CEF:0|V|P|1|1|N", 15, "expected | after a header field"],
  ["no seventh pipe", "CEF:0|V|P|1|1|N|5", 17, "expected | after a header field"],
  ["another escape in the header", "CEF:0|a\\=b|P|1|1|N|5|", 7, "the escapes allowed here are \\\\ and \\|"],
  [
    "a decimal severity",
    "CEF:0|V|P|1|1|N|5.0|",
    16,
    "the severity is 0 to 10, Unknown, Low, Medium, High or Very-High",
  ],
  ["a severity of 11", "CEF:0|V|P|1|1|N|11|", 16, "the severity is 0 to 10, Unknown, Low, Medium, High or Very-High"],
  ["a line feed", `${header}a=1\nb=2`, 23, "a record cannot hold a line break"],
  ["an unescaped equals sign", `${header}a=b=c`, 23, "an equals sign in a value must be escaped"],
  ["an equals sign after an escape", `${header}a=x \\\\b=c`, 27, "an equals sign in a value must be escaped"],
  ["an escaped pipe in a value", `${header}a=\\|`, 22, "the escapes allowed here are \\\\, \\=, \\n and \\r"],
  ["a backslash at the end", `${header}a=b\\`, 23, "the escapes allowed here are \\\\, \\=, \\n and \\r"],
  ["a key twice", `${header}a=1 a=2`, 24, "the key stands twice"],
  ["text that is no pair", `${header}hello`, 25, "expected a key of letters and digits, and ="],
  ["a space before the first key", `${header} a=1`, 20, "expected a key of letters and digits, and ="],
  ["a key with a dash", `${header}a-b=1`, 21, "expected a key of letters and digits, and ="],
  ["a key that begins with a digit", `${header}a=1 2b=3`, 24, "a key begins with a letter"],
])("refuses %s", (_name, line, position, reason) => {
  expect(() => parseCef(line)).toThrow(new CefSyntaxError(position, reason));
});

test("only a CefSyntaxError is thrown, whatever the line", () => {
  const parts = fc.constantFrom("CEF:0|", "|", "\\", "=", " ", "a", "5", "\n", "key=value ", "\\n", "é", "\ud800");
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 30 }), (pieces) => {
      for (const line of [pieces.join(""), header + pieces.join("")]) {
        try {
          parseCef(line);
        } catch (error) {
          expect(error).toBeInstanceOf(CefSyntaxError);
        }
      }
    }),
    { seed: 20261123, numRuns: 20_000 },
  );
});

test("reads a line of a megabyte in one pass", () => {
  const value = "x ".repeat(500_000);
  expect(parseCef(`${header}msg=${value}end=1`).extensions).toEqual({ msg: value.slice(0, -1), end: "1" });
});
