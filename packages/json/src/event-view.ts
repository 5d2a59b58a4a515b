import { type AgentEvent, type ContentPolicy, type EventDescription } from "@clawmetry/siem-events";
import { type ContentFilter } from "./content-filter.ts";
import { type JsonFormatOptions } from "./format-options.ts";

/** One event and how it is to be shown. */
export interface EventView {
  readonly event: AgentEvent;
  readonly description: EventDescription;
  readonly options: JsonFormatOptions;
  readonly content: ContentPolicy;
  readonly filter: ContentFilter;
  /** The value of a `data` that is a JSON text of which the policy shows a part. */
  readonly parsedData: unknown;
  /** `rememberedKeys()` of this event. */
  readonly keys: (item: object) => readonly string[];
}
