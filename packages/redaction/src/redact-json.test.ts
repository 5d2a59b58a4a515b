import { expect, test } from "vitest";
import { redactText } from "./redact-event.ts";

const HUNTER2 = "[REDACTED:f52fbd32]";

test.each([
  ["keeps all other bytes", ' {"a" : 1.50,\n"password":\t"hunter2" } ', ` {"a" : 1.50,\n"password":\t"${HUNTER2}" } `],
  [
    "keeps digits that JavaScript has not",
    '{"n":12345678901234567890,"password":"hunter2"}',
    `{"n":12345678901234567890,"password":"${HUNTER2}"}`,
  ],
  ["sees names that are repeated", '{"password":"hunter2","password":""}', `{"password":"${HUNTER2}","password":""}`],
  ["sees through escapes", '{"pass\\u0077ord":"hunter2"}', `{"pass\\u0077ord":"${HUNTER2}"}`],
  ["sees escaped secrets", '["\\u0062ob@example.com"]', '["[email]"]'],
  ["reads one text a line", '{"a":1}\n{"password":"hunter2"}\n', `{"a":1}\n{"password":"${HUNTER2}"}\n`],
  ["reads a text within a text", '{"a":"{\\"password\\":\\"hunter2\\"}"}', `{"a":"{\\"password\\":\\"${HUNTER2}\\"}"}`],
  ["reads a string alone", '"{\\"password\\":\\"hunter2\\"}"', `"{\\"password\\":\\"${HUNTER2}\\"}"`],
  ["keeps literals under secret names", '{"password":null,"token":true}', '{"password":null,"token":true}'],
])("%s", (_name, text, expected) => {
  expect(redactText(text)).toBe(expected);
});

test("what is nested too deep is withheld, and the text stays JSON", () => {
  expect(redactText('{"a":[["hunter2 ]"]],"b":1}', { maxDepth: 2 })).toBe('{"a":["[WITHHELD:depth]"],"b":1}');
});

test("half a million brackets are no trouble", () => {
  const text = "[".repeat(500_000) + "]".repeat(500_000);
  expect(redactText(text)).toBe(`${"[".repeat(64)}"[WITHHELD:depth]"${"]".repeat(64)}`);
  expect(redactText("[".repeat(500_000))).toBe("[".repeat(500_000));
});
