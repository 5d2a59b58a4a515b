import { type FormatOptions } from "@clawmetry/siem-events";
import { type JsonMemory } from "./json-memory.ts";

/** How `data` follows: as it is, as one text that holds its JSON (for indexes that must not map free-form keys), or not. */
export type JsonData = "object" | "string" | "omit";

export interface JsonFormatOptions extends FormatOptions {
  /** Default `object`. */
  readonly jsonData?: JsonData | undefined;
  /** For many events: what they have in common is looked at once. Default: none. */
  readonly memory?: JsonMemory | undefined;
}
