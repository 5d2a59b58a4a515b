// The place in this list is the key's slot. Those that are facts of the envelope come first.
const KEYS = [
  ...["event_type", "ts", "data", "id", "model", "cost_usd"],
  ...[
    "name",
    "tool_name",
    "toolName",
    "tool",
    "tool_calls",
    "toolMetas",
    "message",
    "extra",
    "tool_use_id",
    "toolUseId",
  ],
  ...["input", "arguments", "params", "args", "command", "cmd"],
  ...["path", "file_path", "filename", "instruction_path", "url", "uri", "method"],
  ...["is_error", "isError", "success", "error", "status", "decision", "kind", "benign_error"],
  ...["exit_code", "exitCode", "exit_status", "returncode"],
  ...["reason", "description", "title", "summary", "severity", "spent_usd", "limit_usd", "scope"],
  ...["duration_ms", "durationMs", "usage", "promptCache", "lastCallUsage"],
  ...["input_tokens", "inputTokens", "output_tokens", "outputTokens", "output"],
  ...["cache_read_input_tokens", "cacheReadInputTokens", "cacheRead"],
  ...["modelId", "provider", "channel", "server", "sha256", "signature_id", "rule_id", "rule"],
  ...["from", "to", "user", "sender_name", "sender_id", "user_id", "channel_id", "resolver"],
  ...["text", "content", "finalPromptText", "completionText"],
] as const;

/** A key under which a fact may stand. */
export type FactKey = (typeof KEYS)[number];

/** Slots from here on are of keys that say what happened: no key of the envelope. */
export const firstSlotOfDetails = 6;

/** The slot of every key, for a reader that meets the keys of an object one by one. */
export const slotByKey: ReadonlyMap<string, number> = new Map(KEYS.map((key, slot) => [key, slot]));

/** The keys in the order of their slots. */
export const factKeys: readonly FactKey[] = KEYS;

/** The slots of keys, in the order in which they are to be tried. */
export function slotsOf(...keys: readonly FactKey[]): readonly number[] {
  return keys.map(slotOf);
}

/** The slot of one key. */
export function slotOf(key: FactKey): number {
  return KEYS.indexOf(key);
}
