import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import clean from "../testdata/clean.json" with { type: "json" };
import personalData from "../testdata/personal-data.json" with { type: "json" };
import secrets from "../testdata/secrets.json" with { type: "json" };
import { redactEvent, redactText } from "./redact-event.ts";

const RUNS = { seed: 20261123, numRuns: 500 };
const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
const secret = fc
  .string({ unit: fc.constantFrom(...Array.from(letters)), minLength: 24, maxLength: 32 })
  .map((text) => `Zq7${text}`);
// Any text that has quotes, escapes and brackets in it, and no mark of its own.
const rough = fc
  .string({
    unit: fc.constantFrom(...Array.from("ab19 \"'`\\,;:&=<>()[]{}$%#!?/+-_.\u00e9")),
    minLength: 1,
    maxLength: 12,
  })
  .map((text) => text.replaceAll("[R", "R"));

/** How a secret may stand in a text. `«»` is where. */
const PLACES = [
  "Authorization: Bearer «»",
  'curl -H "Authorization: token «»" https://x',
  "-H 'X-Api-Key: «»' -v",
  "--password=«» --verbose",
  "--api-key «» next",
  "export FOO_TOKEN=«» && ls",
  'password: "«»"',
  "db:\n  password: «»\n  user: bob",
  "PGPASSWORD=«» psql -h db",
  "mysql -u root -p«» db",
  "https://bob:«»@host:8443/x?y=1",
  "AccountName=a;AccountKey=«»;EndpointSuffix=x",
  "GET /x?a=1&api_key=«»&b=2",
  "https://x/y?sv=1&sig=«»",
  "Cookie: sid=«»; theme=dark",
  "sk-ant-api03-«»",
  "ghp_«»AAAAAAAAAA",
  "-----BEGIN PRIVATE KEY-----\n«»\n-----END PRIVATE KEY-----",
  "-----BEGIN PRIVATE KEY-----\\n«»\\n",
  "<password>«»</password>",
  "{'api_key': '«»'}",
  'x {"token": "«»", "n": 1} y',
  'x {\\"token\\": \\"«»\\", \\"n\\": 1} y',
  "glpat-«»",
] as const;

const planted = fc
  .tuple(secret, fc.constantFrom(...PLACES))
  .map(([text, place]) => ({ text, held: place.replace("«»", text) }));

// What a value may be packed in, again and again.
type Wrap = (value: unknown) => unknown;
const wraps: readonly Wrap[] = [
  (value) => ({ data: value }),
  (value) => [1, value, null],
  (value) => ({ a: { b: "clean" }, output: value, input_tokens: 5 }),
  (value) => JSON.stringify(value),
  (value) => JSON.stringify({ text: value }, null, 2),
  (value) => Buffer.from(JSON.stringify({ text: value })).toString(),
];
const packed = fc.array(fc.constantFrom(...wraps), { maxLength: 6 });

function pack(value: unknown, by: readonly Wrap[]): unknown {
  return by.reduce((inner, wrap) => wrap(inner), value);
}

test("a planted secret survives at no depth, in no nesting of JSON, and not in bytes", () => {
  fc.assert(
    fc.property(planted, packed, fc.boolean(), ({ text, held }, by, inBytes) => {
      const value = pack(held, by);
      const event = { id: "e1", data: inBytes ? Buffer.from(JSON.stringify(value)) : value };
      const result = redactEvent(event);
      const shown = inBytes ? String(result.data) : JSON.stringify(result);
      expect(shown).not.toContain(text);
      expect(shown).toContain("[REDACTED:");
    }),
    RUNS,
  );
});

test("whatever stands under a secret name goes, and the JSON around it stays well-formed", () => {
  const name = fc.constantFrom(
    "password",
    "api_key",
    "aws_secret_access_key",
    "clientSecret",
    "set-cookie",
    "x-auth-token",
  );
  fc.assert(
    fc.property(name, secret, rough, packed, (key, text, around, by) => {
      const value = `${around}${text}${around}`;
      const result = redactEvent({ data: pack({ [key]: value, after: "x" }, by) });
      const shown = JSON.stringify(result);
      expect(shown).not.toContain(text);
      if (typeof result.data === "string") JSON.parse(result.data);
    }),
    RUNS,
  );
});

test("a secret of any characters in quotes goes, also where the JSON around it is cut off or escaped", () => {
  fc.assert(
    fc.property(secret, rough, fc.integer({ min: 1, max: 3 }), (text, around, levels) => {
      let json = JSON.stringify({ password: `${around}${text}${around}`, after: 1 });
      for (let level = 1; level < levels; level++) json = JSON.stringify(json).slice(1, -1);
      expect(redactText(`log: ${json} end`)).not.toContain(text);
      expect(redactText(json.slice(0, json.indexOf(text) + text.length))).not.toContain(text);
    }),
    RUNS,
  );
});

const fragments = fc.constantFrom(
  ...secrets.map(({ text }) => text),
  ...personalData.map(({ text }) => text),
  ...clean,
  ...[
    "password",
    "token=",
    "Bearer ",
    "cookie: ",
    "://",
    ":",
    "@",
    "=",
    '"',
    "'",
    "\\",
    "\\n",
    "\n",
    " ",
    ",",
    ";",
    "&",
    "[REDACTED:12345678]",
    "[email]",
    "4111 ",
    "{",
    "}",
    "[",
  ],
);
const mixture = fc
  .array(
    fc.oneof(
      fragments,
      rough,
      fragments.map((text) => text.slice(0, 9)),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(""));

test("redacting twice changes nothing more", () => {
  fc.assert(
    fc.property(mixture, packed, (text, by) => {
      const once = redactEvent({ data: pack(text, by), [text.slice(0, 40)]: text });
      expect(redactEvent(once)).toBe(once);
    }),
    { ...RUNS, numRuns: 1000 },
  );
});

test("no text is withheld because its redaction does not come to rest", () => {
  fc.assert(
    fc.property(mixture, (text) => {
      expect(redactText(text)).not.toContain("[WITHHELD:unstable]");
    }),
    { ...RUNS, numRuns: 1000 },
  );
});

test("JSON stays JSON, with the same structure", () => {
  fc.assert(
    fc.property(fc.jsonValue(), mixture, (value, text) => {
      const json = JSON.stringify([value, { [text]: text, note: text }]);
      const result = JSON.parse(redactText(json)) as readonly unknown[];
      expect(result).toHaveLength(2);
      expect(Object.keys(result[1] as object)).toHaveLength(text === "note" ? 1 : 2);
    }),
    RUNS,
  );
});

test("clean texts are the same object in any event", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...clean)), packed, (texts, by) => {
      const event = { id: "e1", data: pack(texts, by.slice(0, 3)) };
      expect(redactEvent(event)).toBe(event);
    }),
    RUNS,
  );
});

test("anything can be redacted, and stays as it was", () => {
  fc.assert(
    fc.property(
      fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withNullPrototype: true,
        withObjectString: true,
        withSparseArray: true,
        withTypedArray: true,
        withBoxedValues: true,
      }),
      (value) => {
        const before = fc.stringify(value);
        redactEvent(value);
        expect(fc.stringify(value)).toBe(before);
      },
    ),
    RUNS,
  );
});
