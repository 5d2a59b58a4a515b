import fc from "fast-check";
import { expect, test } from "vitest";
import { CefSyntaxError, parseCef } from "./parse-cef.ts";

const header = "CEF:0|V|P|1|100|N|5|";
const SEVERITY = "the severity is 0 to 10, Unknown, Low, Medium, High or Very-High";

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
  ["header fields that are empty", "CEF:0||||||0|", { deviceVendor: "", name: "", severity: 0, extensions: {} }],
  ["severity 10", "CEF:0|V|P|1|1|N|10|", { severity: 10 }],
  ["the severity Unknown", "CEF:0|V|P|1|1|N|Unknown|", { severity: 0 }],
  ["the severity Low", "CEF:0|V|P|1|1|N|Low|", { severity: 0 }],
  ["the severity Medium", "CEF:0|V|P|1|1|N|Medium|", { severity: 4 }],
  ["the severity High", "CEF:0|V|P|1|1|N|High|", { severity: 7 }],
  ["two escaped backslashes before a pipe", "CEF:0|V|P|1|1|a\\\\\\\\|5|", { name: "a\\\\" }],
  ["what ends a header field, in a value", `${header}a=|5|`, { extensions: { a: "|5|" } }],
  ["a record in a value", `${header}a=CEF:0|V|P|1|1|N|5|`, { extensions: { a: "CEF:0|V|P|1|1|N|5|" } }],
  ["a key of one letter and digits", `${header}c6a2Label=x`, { extensions: { c6a2Label: "x" } }],
  ["an escaped equals sign after a word", `${header}a=x act\\=y b=1`, { extensions: { a: "x act=y", b: "1" } }],
  ["an escaped backslash before n", `${header}a=\\\\n`, { extensions: { a: "\\n" } }],
  ["a tab, which ends no value", `${header}a=1\tb`, { extensions: { a: "1\tb" } }],
  ["other control characters", `${header}a=\0\x1b\x7f\x85\u2028`, { extensions: { a: "\0\x1b\x7f\x85\u2028" } }],
  ["characters beyond ASCII", `${header}a=\u017c\u{1f600}`, { extensions: { a: "\u017c\u{1f600}" } }],
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
  ["a decimal severity", "CEF:0|V|P|1|1|N|5.0|", 16, SEVERITY],
  ["a severity of 11", "CEF:0|V|P|1|1|N|11|", 16, SEVERITY],
  ["an empty severity", "CEF:0|V|P|1|1|N||", 16, SEVERITY],
  ["a severity with a leading zero", "CEF:0|V|P|1|1|N|05|", 16, SEVERITY],
  ["a severity with a sign", "CEF:0|V|P|1|1|N|+5|", 16, SEVERITY],
  ["a severity with a space", "CEF:0|V|P|1|1|N|5 |", 16, SEVERITY],
  ["a severity in other digits", "CEF:0|V|P|1|1|N|\u0665|", 16, SEVERITY],
  ["a severity word in another case", "CEF:0|V|P|1|1|N|high|", 16, SEVERITY],
  ["a word that objects have as severity", "CEF:0|V|P|1|1|N|constructor|", 16, SEVERITY],
  ["a byte order mark before it", "\ufeffCEF:0|V|P|1|1|N|5|", 0, "expected CEF:0| or CEF:1|"],
  ["a space before it", " CEF:0|V|P|1|1|N|5|", 0, "expected CEF:0| or CEF:1|"],
  ["lower case", "cef:0|V|P|1|1|N|5|", 0, "expected CEF:0| or CEF:1|"],
  ["a space after the version", "CEF:0 |V|P|1|1|N|5|", 0, "expected CEF:0| or CEF:1|"],
  ["a version of two numbers", "CEF:0.1|V|P|1|1|N|5|", 0, "expected CEF:0| or CEF:1|"],
  ["a header whose last pipe is escaped", "CEF:0|V|P|1|1|N|5\\|", 19, "expected | after a header field"],
  ["a backslash at the end of the header", "CEF:0|V\\", 7, "the escapes allowed here are \\\\ and \\|"],
  ["an escape of values in the header", "CEF:0|V\\n|P|1|1|N|5|", 7, "the escapes allowed here are \\\\ and \\|"],
  ["a line feed in the header", "CEF:0|V\n|P|1|1|N|5|", 7, "a record cannot hold a line break"],
  ["a carriage return at the end", `${header}a=1\r`, 23, "a record cannot hold a line break"],
  ["a lone surrogate", `${header}a=\u{1f600}\ud800`, 24, "a record cannot hold a lone surrogate"],
  ["a letter as an escape", `${header}a=\\d`, 22, "the escapes allowed here are \\\\, \\=, \\n and \\r"],
  ["an escape in upper case", `${header}a=\\N`, 22, "the escapes allowed here are \\\\, \\=, \\n and \\r"],
  ["an empty first key", `${header}=1`, 20, "a key begins with a letter"],
  ["an empty key", `${header}a=1 =2`, 24, "a key begins with a letter"],
  ["a key beyond ASCII", `${header}\u00e9=1`, 20, "expected a key of letters and digits, and ="],
  ["a key with an underscore", `${header}a=1 b_c=2`, 27, "an equals sign in a value must be escaped"],
  ["a key with a dot", `${header}a=1 b.c=2`, 27, "an equals sign in a value must be escaped"],
  ["a key after a tab", `${header}a=1\tb=2`, 25, "an equals sign in a value must be escaped"],
  ["an equals sign at the start of a value", `${header}a==1`, 22, "an equals sign in a value must be escaped"],
  ["a key that stands twice, before the value is read", `${header}a=1 b=2 a=\\x`, 28, "the key stands twice"],
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

test("what is no text is refused like a text that is no record", () => {
  expect(() => parseCef(5 as unknown as string)).toThrow(new CefSyntaxError(0, "expected a text"));
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
