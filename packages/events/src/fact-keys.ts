// Every key under which an object of an event may hold a fact. Its place in the list is the key's slot, its row the family.
const FAMILIES = [
  ["id", "model", "modelId", "cost_usd"],
  ["name", "tool_name", "toolName", "tool"],
  ["tool_calls", "toolMetas"],
  ["tool_use_id", "toolUseId"],
  ["message", "extra"],
  ["usage", "promptCache", "lastCallUsage"],
  ["input", "arguments", "params", "args"],
  ["command", "cmd"],
  ["path", "file_path", "filename", "instruction_path"],
  ["url", "uri", "method"],
  ["is_error", "isError"],
  ["success", "benign_error"],
  ["error"],
  ["status", "decision", "kind"],
  ["exit_code", "exitCode", "exit_status", "returncode"],
  ["reason"],
  ["description", "title", "summary", "severity"],
  ["spent_usd", "limit_usd", "scope"],
  ["duration_ms", "durationMs"],
  ["input_tokens", "inputTokens", "output_tokens", "outputTokens"],
  ["cache_read_input_tokens", "cacheReadInputTokens", "cacheRead"],
  ["provider", "channel", "server"],
  ["signature_id", "rule_id", "rule", "sha256"],
  ["from", "to", "user"],
  ["sender_name", "sender_id", "user_id", "channel_id", "resolver"],
  ["text", "content", "finalPromptText", "completionText", "output"],
] as const;

/** A key under which a fact may stand. */
export type FactKey = (typeof FAMILIES)[number][number];

/** The keys in the order of their slots. */
export const factKeys: readonly FactKey[] = FAMILIES.flat();

/** The slot of every key, for a reader that meets the keys of an object one by one. */
export const slotByKey: ReadonlyMap<string, number> = new Map(factKeys.map((key, slot) => [key, slot]));

/** The family of every slot, as the bit that stands for it. There are fewer than 31. */
export const familyBySlot: readonly number[] = FAMILIES.flatMap((keys, family) => keys.map(() => 1 << family));

/** Keys that hold one fact, in the order in which they are to be tried. */
export interface FactPlaces {
  readonly slots: readonly number[];
  /** The bits of all their families: an object that has none of these has none of the keys. */
  readonly families: number;
}

/** The places of a fact. */
export function placesOf(...keys: readonly FactKey[]): FactPlaces {
  const slots = keys.map(slotOf);
  return { slots, families: slots.reduce((bits, slot) => bits | (familyBySlot[slot] ?? 0), 0) };
}

/** The slot of one key. */
export function slotOf(key: FactKey): number {
  return factKeys.indexOf(key);
}
