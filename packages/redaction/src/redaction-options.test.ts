import { expect, test } from "vitest";
import { redactEvent, redactText } from "./redact-event.ts";
import { redactionFromEnv } from "./redaction-from-env.ts";

const TEXT = "password=hunter2 bob@example.com DE89370400440532013000 4111111111111111 +14155552671 123-45-6789";
const CATEGORIES = ["email", "iban", "card", "phone", "nationalId"] as const;

test("everything is on by default", () => {
  expect(redactText(TEXT)).toBe("password=[REDACTED:f52fbd32] [email] [iban] [card:visa] [phone] [national-id:us-ssn]");
});

test("secrets and personal data are switched off apart", () => {
  expect(redactText(TEXT, { personalData: false })).toBe(TEXT.replace("hunter2", "[REDACTED:f52fbd32]"));
  expect(redactText(TEXT, { secrets: false })).toBe(
    "password=hunter2 [email] [iban] [card:visa] [phone] [national-id:us-ssn]",
  );
  expect(redactEvent({ password: "bob@example.com" }, { secrets: false })).toEqual({ password: "[email]" });
});

test.each([
  ["email", "bob@example.com"],
  ["iban", "DE89370400440532013000"],
  ["card", "4111111111111111"],
  ["phone", "+14155552671"],
  ["nationalId", "123-45-6789"],
] as const)("%s has a switch of its own", (category, kept) => {
  const result = redactText(TEXT, { personalData: { [category]: false } });
  expect(result).toContain(kept);
  expect(result.match(/\[(?:email|iban|card|phone|national-id)/g)).toHaveLength(CATEGORIES.length - 1);
});

test("with everything off the event is not even looked at", () => {
  const event = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error("looked at");
      },
    },
  );
  expect(redactEvent(event, { secrets: false, personalData: false })).toBe(event);
});

test.each([
  [{}, { secrets: true, personalData: true }],
  [
    { CLAWMETRY_REDACT: "1", CLAWMETRY_REDACT_PII: "" },
    { secrets: true, personalData: true },
  ],
  [{ CLAWMETRY_REDACT: "0" }, { secrets: false, personalData: false }],
  [
    { CLAWMETRY_REDACT: "0", CLAWMETRY_REDACT_PII: "1" },
    { secrets: false, personalData: false },
  ],
  [{ CLAWMETRY_REDACT_PII: "0" }, { secrets: true, personalData: false }],
  [{ CLAWMETRY_REDACT_PII: " Off " }, { secrets: true, personalData: false }],
  [{ CLAWMETRY_REDACT: "nonsense" }, { secrets: true, personalData: true }],
])("the environment %j", (env, options) => {
  expect(redactionFromEnv(env)).toEqual(options);
});

test.each([
  [{ maxTextLength: 63 }, "maxTextLength must be a whole number from 64 to 268435456, got 63"],
  [{ maxDepth: 0 }, "maxDepth must be a whole number from 1 to 256, got 0"],
  [{ maxDepth: 1.5 }, "maxDepth must be a whole number from 1 to 256, got 1.5"],
  [{ maxEntries: Number.NaN }, "maxEntries must be a whole number from 1 to 9007199254740991, got NaN"],
])("%j is refused", (options, message) => {
  expect(() => redactEvent({}, options)).toThrow(new RangeError(message));
});
