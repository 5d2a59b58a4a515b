type Fields = Readonly<Record<string, unknown>>;

/** What a key must hold, in words and as a check. */
interface Rule {
  readonly allowed: string;
  readonly holds: (value: unknown) => boolean;
}

const text: Rule = { allowed: "a text", holds: isText };
const texts: Rule = { allowed: "an array of texts", holds: (value) => Array.isArray(value) && value.every(isText) };
const number: Rule = { allowed: "a number", holds: (value) => typeof value === "number" };
const positive: Rule = {
  allowed: "an integer above 0",
  holds: (value) => Number.isSafeInteger(value) && Number(value) > 0,
};
const severity: Rule = {
  allowed: "an integer from 0 to 10",
  holds: (value) => Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 10,
};
const time: Rule = { allowed: "a time such as 2026-11-23T03:04:06.678Z", holds: isTime };
const boot: Rule = {
  allowed: "8 hex digits in lower case",
  holds: (value) => isText(value) && /^[0-9a-f]{8}$/.test(value),
};

const REQUIRED: Readonly<Record<string, Rule>> = {
  schema: { allowed: "1", holds: (value) => value === 1 },
  signature_id: positive,
  signature_name: text,
  type: text,
  severity,
};

const OPTIONAL: Readonly<Record<string, Rule>> = {
  time,
  time_source: { allowed: "receipt", holds: (value) => value === "receipt" },
  outcome: { allowed: "success or failure", holds: (value) => value === "success" || value === "failure" },
  seq: positive,
  boot,
  ...same(texts, ["tools", "call_ids", "changed", "truncated"]),
  ...same(number, ["duration_ms", "input_tokens", "output_tokens", "cache_read_tokens", "cost_usd"]),
  ...same(text, ["command", "path", "url", "reason", "model", "provider", "channel", "sender", "sender_id"]),
  ...same(text, ["recipient", "recipient_id", "rule", "mcp_server", "file_hash", "host", "tenant", "environment"]),
};

/**
 * Checks the object under `siem` of a JSON record: its keys have fixed types, so that no index mapping ever clashes. Gives a line
 * for each key that is missing or of another type, without its value. Other keys are left alone: later versions may have more.
 */
export function checkSiemObject(siem: Fields): readonly string[] {
  const missing = Object.keys(REQUIRED).filter((key) => !Object.hasOwn(siem, key));
  const wrong = Object.entries({ ...REQUIRED, ...OPTIONAL }).filter(
    ([key, rule]) => Object.hasOwn(siem, key) && !rule.holds(siem[key]),
  );
  return [
    ...missing.map((key) => `JSON: siem.${key} is missing`),
    ...wrong.map(([key, { allowed }]) => `JSON: siem.${key} must be ${allowed}`),
  ];
}

function same(rule: Rule, keys: readonly string[]): Readonly<Record<string, Rule>> {
  return Object.fromEntries(keys.map((key) => [key, rule]));
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

// `Date` takes February 30 for March 2.
function isTime(value: unknown): boolean {
  if (!isText(value) || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/.test(value)) return false;
  const date = new Date(value);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 19) === value.slice(0, 19);
}
