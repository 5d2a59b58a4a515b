import { withheld } from "./placeholder.ts";
import { redactPlacedText } from "./redact-text.ts";
import { redactValue } from "./redact-value.ts";
import { type RedactionOptions, type RedactionSettings, resolveRedactionOptions } from "./redaction-options.ts";

/**
 * The event without secrets and personal data: the same object when it holds none, else a copy of what changed. The properties
 * that identify an event (`id`, `node_id`, `agent_id`, `agent_type`, `session_id`, `workspace_id`, `event_type`, `ts`, `model`,
 * `chain_hash`, `chain_prev_hash`, `payload_hash`) stay as they are.
 *
 * Never throws because of the event, and never changes it. What cannot be read or lies beyond a limit is a placeholder; a whole
 * event that cannot be read is `{ redaction: "[WITHHELD:unreadable]" }`. Throws a RangeError for a limit that is out of range.
 */
export function redactEvent<E>(event: E, options?: RedactionOptions): E {
  const settings = resolveRedactionOptions(options);
  if (isOff(settings)) return event;
  const result = redactTop(event, settings);
  // An event stays an object, and keeps the shape that its type promises: all of its properties may be missing.
  const isLost = typeof event === "object" && event !== null && typeof result === "string";
  return (isLost ? { redaction: result } : result) as E;
}

/** A text as `redactEvent` would leave it. Throws a RangeError for a limit that is out of range. */
export function redactText(text: string, options?: RedactionOptions): string {
  const settings = resolveRedactionOptions(options);
  if (isOff(settings)) return text;
  return redactPlacedText({ text, treatment: "scan", name: "", depth: 0 }, settings);
}

function isOff({ secrets, anyPersonalData }: RedactionSettings): boolean {
  return !secrets && !anyPersonalData;
}

function redactTop(event: unknown, settings: RedactionSettings): unknown {
  const walk = { settings, around: new Set<object>(), entriesLeft: settings.maxEntries };
  try {
    return redactValue(walk, event, { treatment: "scan", name: "", depth: 0 });
  } catch {
    return withheld("unreadable"); // the stack or the memory did not suffice
  }
}
