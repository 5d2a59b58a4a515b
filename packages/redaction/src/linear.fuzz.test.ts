import { growthFactor } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { redactEvent, redactText } from "./redact-event.ts";

const pieces = [
  "a",
  " ",
  "\n",
  "0",
  "+1",
  "@",
  "a@",
  "://a:",
  "//a:b/c@",
  '"',
  "\\",
  '\\"',
  '["',
  '{"a":',
  '{"password":"',
  "password=",
  'password="',
  "password: x ",
  "cookie: ",
  "Authorization: Bearer x ",
  "token=)))",
  "token=a,",
  "token=%",
  "token=\\",
  "secret: (",
  "-----BEGIN PRIVATE KEY-----",
  "eyJ.",
  "glpat-",
  "Basic Og==",
  "4111 ",
  "12 345 678 ",
  "[REDACTED:12345678]",
  "a@b.co ",
  "x=1;password=",
];

// Sixteen times the text: 16 when linear, 256 when quadratic.
test.each(pieces)("a text of %j is redacted in linear time", (piece) => {
  expect(growthFactor((text) => redactText(text), piece)).toBeLessThan(100);
  expect(growthFactor((text) => redactEvent({ data: JSON.stringify({ text }) }), piece)).toBeLessThan(100);
});
