import { type OwnFacts, snakeCase } from "@clawmetry/siem-events";
import { cefKey } from "./cef-key.ts";
import { type CefRecord, place } from "./cef-record.ts";

const DICTIONARY_KEYS: readonly string[] = ["cnt", "start", "end"];

/** Places the counters of the exporter's own events. */
export function placeOwnFacts(record: CefRecord, own: OwnFacts): void {
  for (const [name, value] of Object.entries(own)) {
    place(record, cefKey(ownKey(name), { cut: "never" }), typeof value === "object" ? value.join(",") : String(value));
  }
}

function ownKey(name: string): string {
  const isDictionaryKey = snakeCase(name) === name && DICTIONARY_KEYS.includes(name);
  return isDictionaryKey ? name : `Clawmetry${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
