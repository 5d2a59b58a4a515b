import fc from "fast-check";

/** One seed for every property test, so that a run is the same everywhere. fast-check prints it with a failure. */
export const PROPERTY_SEED = 20261123;

const LINE_BREAKS = ["\n", "\r\n", "\r", "\v", "\f", "\u0085", "\u2028", "\u2029"];
const CONTROLS = ["\0", "\t", "\u001b[31m", "\u0008", "\u001e", "\u007f", "\u0080", "\u009b"];
const INVISIBLE = ["\u202e", "\u2066", "\u2069", "\u200e", "\u061c", "\ufeff", "\u200d"];
const ILL_FORMED = ["\ud800", "\udc00", "\ude00\ud83d"];
const RECORDS = [
  "CEF:0|Evil|x|1|1|x|10|",
  "LEEF:2.0|a|b|1|2|",
  "<134>1 2026-01-02T03:04:05Z dc01 sshd - - - ",
  "@cee:",
];
const SYNTAX = [" act=allow", "=", "\\", "\\\\", "|", "\\|", '"', "]", "[", "12 ", " ", '","siem":{"a":1', "%n", "…"];
const TEXT = ["a", "é", "王", "\u{1f600}", "ls -la"];
const BIG_LENGTHS = [1_000, 20_000, 300_000];

/** A text made of what attackers write: line breaks of every kind, control characters, records, separators. */
export function hostileText(): fc.Arbitrary<string> {
  const atom = fc.constantFrom(
    ...LINE_BREAKS,
    ...CONTROLS,
    ...INVISIBLE,
    ...ILL_FORMED,
    ...RECORDS,
    ...SYNTAX,
    ...TEXT,
  );
  const pieces = fc.array(fc.oneof({ weight: 4, arbitrary: atom }, fc.string({ unit: "binary", maxLength: 3 })), {
    maxLength: 12,
  });
  return pieces.map((parts) => parts.join(""));
}

/** A hostile text of up to 300,000 characters. */
export function bigHostileText(): fc.Arbitrary<string> {
  return fc
    .tuple(hostileText(), hostileText(), fc.constantFrom(...BIG_LENGTHS))
    .map(([unit, end, length]) => (unit === "" ? "x" : unit).repeat(length).slice(0, length) + end);
}

const EVENT_TYPES = [
  "tool.call",
  "tool_use_result",
  "channel.in",
  "model.completed",
  "security.threat",
  "siem.heartbeat",
];
const ENVELOPE = ["id", "ts", "node_id", "agent_id", "agent_type", "session_id", "workspace_id", "model", "chain_hash"];
const DATA_KEYS = ["name", "tool", "input", "arguments", "command", "path", "url", "error", "reason", "from", "text"];

/** An event in which any field may hold anything: hostile texts, wrong types, nested values. */
export function hostileEvent(text: fc.Arbitrary<string> = hostileText()): fc.Arbitrary<Record<string, unknown>> {
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      { weight: 5, arbitrary: text },
      { weight: 2, arbitrary: fc.constantFrom<unknown>(null, undefined, true, 0, -1, 1e21, NaN, 5n) },
      { weight: 1, arbitrary: fc.array(tie("value"), { maxLength: 4 }) },
      {
        weight: 1,
        arbitrary: fc.dictionary(fc.oneof(fc.constantFrom(...DATA_KEYS), text), tie("value"), { maxKeys: 5 }),
      },
    ),
  })).value;
  const data = fc.oneof(
    fc.dictionary(fc.constantFrom(...DATA_KEYS, "status", "decision", "tool_calls", "message", "extra"), value, {
      maxKeys: 6,
    }),
    value,
  );
  const envelope = fc.dictionary(fc.oneof(fc.constantFrom(...ENVELOPE, "siem", "_siem"), text), value, { maxKeys: 10 });
  const eventType = fc.oneof(fc.constantFrom(...EVENT_TYPES), text);
  return fc
    .tuple(envelope, eventType, data)
    .map(([fields, event_type, details]) => ({ ...fields, event_type, data: details }));
}
