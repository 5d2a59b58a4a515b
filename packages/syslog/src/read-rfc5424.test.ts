import { expect, test } from "vitest";
import { parseSyslog } from "./parse-syslog.ts";
import { SyslogSyntaxError } from "./syslog-syntax-error.ts";

const NIL_HEADER = "- - - - -";
const head = `<134>1 ${NIL_HEADER} `;
const PRINTABLE = String.fromCharCode(...Array.from({ length: 94 }, (_, index) => 0x21 + index));
// SD-NAME is PRINTUSASCII without `"`, `=` and `]`.
const NAME_CHARACTERS = PRINTABLE.replace(/["=\]]/g, "");

const PRI = "PRI must be a number from 0 to 191 without leading zeros";
const VERSION = "VERSION must be 1 and a space";
const TIME =
  "TIMESTAMP must be - or yyyy-mm-ddThh:mm:ss with 1 to 6 fraction digits or none, then Z or an offset, then a space";
const HOSTNAME = "HOSTNAME must be 1 to 255 printable ASCII characters and a space";
const APP_NAME = "APP-NAME must be 1 to 48 printable ASCII characters and a space";
const PROCID = "PROCID must be 1 to 128 printable ASCII characters and a space";
const MSGID = "MSGID must be 1 to 32 printable ASCII characters and a space";
const SD = "STRUCTURED-DATA must be - or begin with [";
const SD_ID = 'SD-ID must be 1 to 32 printable ASCII characters other than = ] and "';
const PARAM_NAME = 'PARAM-NAME must be 1 to 32 printable ASCII characters other than = ] and "';
const NO_VALUE = 'a PARAM-NAME must be followed by ="';
const NO_QUOTE = 'a PARAM-VALUE must end with ", and hold ] as \\]';
const NO_BRACKET = "an SD-ELEMENT must end with ]";
const AFTER_SD = "STRUCTURED-DATA must be followed by a space or the end of the line";

test.each([
  ["the least PRI", `<0>1 ${NIL_HEADER} -`, { facility: 0, severity: 0 }],
  ["a PRI of two digits", `<10>1 ${NIL_HEADER} -`, { facility: 1, severity: 2 }],
  ["the greatest PRI", `<191>1 ${NIL_HEADER} -`, { facility: 23, severity: 7 }],
  ["a nil TIMESTAMP", `<134>1 ${NIL_HEADER} -`, { timeMs: null }],
  ["a second without fraction", "<134>1 2026-01-02T03:04:05Z - - - - -", { timeMs: 1767323045000 }],
  ["six fraction digits", "<134>1 2026-01-02T03:04:05.678999Z - - - - -", { timeMs: 1767323045678 }],
  ["an offset to the east", "<134>1 2026-01-02T08:34:05.678+05:30 - - - - -", { timeMs: 1767323045678 }],
  ["an offset to the west", "<134>1 2026-01-01T22:04:05.678-05:00 - - - - -", { timeMs: 1767323045678 }],
  ["the greatest offset", "<134>1 2026-01-03T03:03:05.678+23:59 - - - - -", { timeMs: 1767323045678 }],
  ["the first second", "<134>1 0000-01-01T00:00:00Z - - - - -", { timeMs: -62167219200000 }],
  ["the last millisecond", "<134>1 9999-12-31T23:59:59.999Z - - - - -", { timeMs: 253402300799999 }],
  ["the second after the last", "<134>1 9999-12-31T23:59:59-00:01 - - - - -", { timeMs: 253402300859000 }],
  ["29 February of a leap year", "<134>1 2000-02-29T00:00:00Z - - - - -", { timeMs: 951782400000 }],
  ["every printable character in HOSTNAME", `<134>1 - ${PRINTABLE} - - - -`, { hostname: PRINTABLE }],
  ["a HOSTNAME of 255", `<134>1 - ${"h".repeat(255)} - - - -`, { hostname: "h".repeat(255) }],
  ["an APP-NAME of 48", `<134>1 - - ${"a".repeat(48)} - - -`, { appName: "a".repeat(48) }],
  ["a PROCID of 128", `<134>1 - - - ${"p".repeat(128)} - -`, { procId: "p".repeat(128) }],
  ["an MSGID of 32", `<134>1 - - - - ${"m".repeat(32)} -`, { msgId: "m".repeat(32) }],
  ["two dashes, which are no nil value", "<134>1 - -- -- -- -- -", { hostname: "--", msgId: "--" }],
  ["an element without parameters", `${head}[a]`, { structuredData: [["a", []]] }],
  [
    "two elements",
    `${head}[a][b@32473 k=""]`,
    {
      structuredData: [
        ["a", []],
        ["b@32473", [["k", ""]]],
      ],
    },
  ],
  [
    "a name given twice",
    `${head}[o ip="1" ip="2"]`,
    {
      structuredData: [
        [
          "o",
          [
            ["ip", "1"],
            ["ip", "2"],
          ],
        ],
      ],
    },
  ],
  [
    "SD-IDs that differ in case",
    `${head}[a][A]`,
    {
      structuredData: [
        ["a", []],
        ["A", []],
      ],
    },
  ],
  ["an SD-ID of 32", `${head}[${"i".repeat(32)}]`, { structuredData: [["i".repeat(32), []]] }],
  [
    "what looks like an element in a value",
    `${head}[a k="[b c=\\"\\"\\]"]`,
    { structuredData: [["a", [["k", '[b c=""]']]]] },
  ],
  ["control characters in a value", `${head}[a k="\0\n\x7f"]`, { structuredData: [["a", [["k", "\0\n\x7f"]]]] }],
  ["a backslash before a letter", `${head}[a k="\\n"]`, { structuredData: [["a", [["k", "\\n"]]]] }],
  ["three backslashes and a quote", `${head}[a k="\\\\\\""]`, { structuredData: [["a", [["k", '\\"']]]] }],
  ["a value beyond ASCII", `${head}[a k="\u017c\u{1f600}"]`, { structuredData: [["a", [["k", "\u017c\u{1f600}"]]]] }],
  ["an empty MSG", `${head}- `, { message: "" }],
  ["spaces that belong to MSG", `${head}-  x `, { message: " x " }],
  ["a MSG of any characters", `${head}- \0\r\n\x7f\x85\u2028`, { message: "\0\r\n\x7f\x85\u2028" }],
  ["a byte order mark", `${head}- \ufeffx`, { message: "x", bom: true }],
  ["nothing after a byte order mark", `${head}- \ufeff`, { message: "", bom: true }],
  ["a second byte order mark", `${head}- \ufeff\ufeffx`, { message: "\ufeffx", bom: true }],
])("reads %s", (_name, line, expected) => {
  expect(parseSyslog(line)).toMatchObject(expected);
});

test.each([0, 32, 64])("32 characters of SD-NAME, from number %i on, may stand in SD-ID and PARAM-NAME", (first) => {
  const name = NAME_CHARACTERS.slice(first, first + 32);
  expect(parseSyslog(`${head}[${name} ${name}="v"]`).structuredData).toEqual([[name, [[name, "v"]]]]);
});

test.each([
  ["no PRI", `1 ${NIL_HEADER} -`, 0, "a line must begin with <PRI>"],
  ["a space before PRI", ` <134>1 ${NIL_HEADER} -`, 0, "a line must begin with <PRI>"],
  ["a byte order mark before PRI", `\ufeff<134>1 ${NIL_HEADER} -`, 0, "a line must begin with <PRI>"],
  ["a count before PRI", `22 <134>1 ${NIL_HEADER} -`, 0, "a line must begin with <PRI>"],
  ["an empty PRI", `<>1 ${NIL_HEADER} -`, 1, PRI],
  ["a PRI of 192", `<192>1 ${NIL_HEADER} -`, 1, PRI],
  ["a PRI with a leading zero", `<07>1 ${NIL_HEADER} -`, 1, PRI],
  ["a PRI with a sign", `<+1>1 ${NIL_HEADER} -`, 1, PRI],
  ["a PRI of other digits", `<\u0661>1 ${NIL_HEADER} -`, 1, PRI],
  ["a PRI of four digits", `<1340>1 ${NIL_HEADER} -`, 4, "PRI must end with >"],
  ["a space in PRI", `<13 >1 ${NIL_HEADER} -`, 3, "PRI must end with >"],
  ["version 0", `<134>0 ${NIL_HEADER} -`, 5, VERSION],
  ["version 2", `<134>2 ${NIL_HEADER} -`, 5, VERSION],
  ["version 10", `<134>10 ${NIL_HEADER} -`, 5, VERSION],
  ["a space before the version", `<134> 1 ${NIL_HEADER} -`, 5, VERSION],
  ["a tab after the version", `<134>1\t${NIL_HEADER} -`, 5, VERSION],
  ["a lower-case t", "<134>1 2026-01-02t03:04:05Z - - - - -", 7, TIME],
  ["a lower-case z", "<134>1 2026-01-02T03:04:05z - - - - -", 7, TIME],
  ["a time without zone", "<134>1 2026-01-02T03:04:05 - - - - -", 7, TIME],
  ["a point without digits", "<134>1 2026-01-02T03:04:05.Z - - - - -", 7, TIME],
  ["nine fraction digits", "<134>1 2026-01-02T03:04:05.123456789Z - - - - -", 7, TIME],
  ["a leap second", "<134>1 2016-12-31T23:59:60Z - - - - -", 7, TIME],
  ["hour 24", "<134>1 2026-01-02T24:00:00Z - - - - -", 7, TIME],
  ["29 February of 1900", "<134>1 1900-02-29T00:00:00Z - - - - -", 7, TIME],
  ["31 June", "<134>1 2026-06-31T00:00:00Z - - - - -", 7, TIME],
  ["month 0", "<134>1 2026-00-01T00:00:00Z - - - - -", 7, TIME],
  ["an offset of 24 hours", "<134>1 2026-01-02T03:04:05+24:00 - - - - -", 7, TIME],
  ["an offset without colon", "<134>1 2026-01-02T03:04:05+0100 - - - - -", 7, TIME],
  ["a minus sign of typography", "<134>1 2026-01-02T03:04:05\u221201:00 - - - - -", 7, TIME],
  ["a year of five digits", "<134>1 12026-01-02T03:04:05Z - - - - -", 7, TIME],
  ["an empty HOSTNAME", "<134>1 -  - - - -", 9, HOSTNAME],
  ["a HOSTNAME of 256", `<134>1 - ${"h".repeat(256)} - - - -`, 264, HOSTNAME],
  ["DEL in HOSTNAME", "<134>1 - h\x7f - - - -", 10, HOSTNAME],
  ["a tab after HOSTNAME", "<134>1 - h\t- - - -", 10, HOSTNAME],
  ["an APP-NAME of 49", `<134>1 - - ${"a".repeat(49)} - - -`, 59, APP_NAME],
  ["an APP-NAME beyond ASCII", "<134>1 - - \u00e9 - - -", 11, APP_NAME],
  ["a PROCID of 129", `<134>1 - - - ${"p".repeat(129)} - -`, 141, PROCID],
  ["an empty PROCID", "<134>1 - - -  - -", 13, PROCID],
  ["an MSGID of 33", `<134>1 - - - - ${"m".repeat(33)} -`, 47, MSGID],
  ["a line that ends after MSGID", "<134>1 - - - - m", 16, MSGID],
  ["no STRUCTURED-DATA", "<134>1 - - - - - ", 17, SD],
  ["MSG in its place", "<134>1 - - - - - x", 17, SD],
  ["two spaces before it", "<134>1 - - - - -  -", 17, SD],
  ["an empty element", `${head}[]`, 18, SD_ID],
  ["a space before an SD-ID", `${head}[ a]`, 18, SD_ID],
  ["an SD-ID of 33", `${head}[${"i".repeat(33)}]`, 50, NO_BRACKET],
  ["an SD-ID that stands twice", `${head}[a][b][a]`, 24, "an SD-ID must not stand in a message twice"],
  ["an equals sign in an SD-ID", `${head}[a=b]`, 19, NO_BRACKET],
  ["a quote in an SD-ID", `${head}[a"b]`, 19, NO_BRACKET],
  ["a letter beyond ASCII in an SD-ID", `${head}[a\u00e9]`, 19, NO_BRACKET],
  ["a space before the end of an element", `${head}[a ]`, 20, PARAM_NAME],
  ["two spaces before a PARAM-NAME", `${head}[a  k=""]`, 20, PARAM_NAME],
  ["a PARAM-NAME of 33", `${head}[a ${"k".repeat(33)}=""]`, 52, NO_VALUE],
  ["a PARAM-NAME without value", `${head}[a k]`, 21, NO_VALUE],
  ["a space before the equals sign", `${head}[a k =""]`, 21, NO_VALUE],
  ["a value without quotes", `${head}[a k=v]`, 21, NO_VALUE],
  ["single quotes", `${head}[a k='v']`, 21, NO_VALUE],
  ["a bracket in a value", `${head}[a k="]"]`, 23, NO_QUOTE],
  ["a value without end", `${head}[a k="v`, 24, NO_QUOTE],
  ["a value that ends in an escaped quote", `${head}[a k="\\"]`, 25, NO_QUOTE],
  ["no space between parameters", `${head}[a k=""l=""]`, 24, NO_BRACKET],
  ["an element without end", `${head}[a k=""`, 24, NO_BRACKET],
  ["a tab between parameters", `${head}[a\tk=""]`, 19, NO_BRACKET],
  ["text after the nil value", `${head}-x`, 18, AFTER_SD],
  ["an element after the nil value", `${head}-[a]`, 18, AFTER_SD],
  ["text after an element", `${head}[a]x`, 20, AFTER_SD],
  ["a line feed instead of the space", `${head}[a]\nx`, 20, AFTER_SD],
  ["a lone surrogate in a value", `${head}[a k="\ud800"]`, 23, "a line must not hold a lone surrogate"],
  ["a lone surrogate in MSG", `${head}- x\u{1f600}\udc00`, 22, "a line must not hold a lone surrogate"],
])("refuses %s", (_name, line, position, reason) => {
  expect(() => parseSyslog(line)).toThrow(new SyslogSyntaxError(position, reason));
});
