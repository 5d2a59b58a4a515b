import { readEnvelope } from "@clawmetry/siem-events";
import { utf8Length } from "@clawmetry/siem-text";
import { changedFields } from "./changed-fields.ts";
import { type EventView } from "./event-view.ts";
import { noMemory } from "./json-memory.ts";
import { LONGEST_FACT } from "./fact-json.ts";
import { siemJson } from "./siem-json.ts";
import { type SizeLimits } from "./size-limits.ts";

interface MeasuredSiem {
  readonly maxText: number;
  readonly maxId: number;
  readonly bytes: number;
  readonly hasCuts: boolean;
}

const CUTS_BYTES = ',"truncated":[]'.length;

/**
 * Measures the object under `siem`. `cutBytes`: of what it says of cuts in the event itself, a comma after each. What was asked
 * for last is kept: most limits are greater than any fact.
 */
export function measureSiem(view: EventView): (limits: SizeLimits, cutBytes: number) => number {
  let last: MeasuredSiem | undefined;
  return ({ maxText, maxId }, cutBytes) => {
    const longest = Math.min(maxText, LONGEST_FACT);
    if (last?.maxText !== longest || last.maxId !== maxId) last = measure(view, longest, maxId);
    if (cutBytes === 0) return last.bytes;
    return last.bytes + cutBytes + (last.hasCuts ? 0 : CUTS_BYTES - 1);
  };
}

function measure(view: EventView, maxText: number, maxId: number): MeasuredSiem {
  const { event, description, options, content } = view;
  const cuts: string[] = [];
  const changed = changedFields(readEnvelope(event), description, maxId);
  const json = siemJson(description, { options, content, maxText, changed, cuts, memory: noMemory });
  return { maxText, maxId, bytes: utf8Length(json), hasCuts: cuts.length > 0 };
}
