import { expect, test } from "vitest";
import clean from "../testdata/clean.json" with { type: "json" };
import personalData from "../testdata/personal-data.json" with { type: "json" };
import secrets from "../testdata/secrets.json" with { type: "json" };
import { redactText } from "./redact-event.ts";

test.each(secrets)("takes a secret out of a text: $name", ({ text, redacted }) => {
  expect(redactText(text)).toBe(redacted);
  expect(redactText(redacted)).toBe(redacted);
});

test.each(personalData)("takes personal data out of a text: $name", ({ text, redacted }) => {
  expect(redactText(text)).toBe(redacted);
  expect(redactText(redacted)).toBe(redacted);
});

test.each(clean)("leaves what is clean: %s", (text) => {
  expect(redactText(text)).toBe(text);
});
