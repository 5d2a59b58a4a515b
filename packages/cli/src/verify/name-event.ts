import { type ChainedField, chainedText } from "@clawmetry/siem-events";
import { ownCopy, truncateCodePoints } from "@clawmetry/siem-text";
import { type LinePlace } from "./create-place-log.ts";
import { type HeldEvent } from "./line-record.ts";
import { type NamedEvent } from "./verify-report.ts";

const MOST_CHARACTERS = 200;

/** What a report says of which event it is. Keeps nothing else of the line alive. */
export function nameEvent({ event }: HeldEvent, { file, number }: LinePlace): NamedEvent {
  const name = (field: ChainedField): string => {
    return ownCopy(truncateCodePoints(chainedText(event, field) ?? "", MOST_CHARACTERS));
  };
  return { id: name("id"), nodeId: name("node_id"), place: `${file}:${number}` };
}
