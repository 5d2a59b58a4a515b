import { chainedText } from "@clawmetry/siem-events";
import { ownCopy, truncateCodePoints } from "@clawmetry/siem-text";
import { type LinePlace } from "./create-place-log.ts";
import { type HeldEvent } from "./line-record.ts";
import { payloadVerdict } from "./payload-verdict.ts";
import { type AlteredPayload, type PayloadReport } from "./verify-report.ts";

/** Notes what the payloads of events prove. */
export interface PayloadLog {
  readonly add: (held: HeldEvent, place: LinePlace) => void;
  readonly report: () => PayloadReport;
}

const MOST_CHARACTERS = 200;

/** Keeps a count of each verdict, and of those that are altered where they are. */
export function createPayloadLog(): PayloadLog {
  const counts = { verified: 0, cef: 0, notHeld: 0, notWhole: 0, noHash: 0 };
  const altered: AlteredPayload[] = [];
  return {
    add: (held, { file, number }) => {
      const verdict = payloadVerdict(held);
      if (verdict !== "altered") {
        counts[verdict]++;
        return;
      }
      const name = (field: "id" | "node_id"): string => {
        return ownCopy(truncateCodePoints(chainedText(held.event, field) ?? "", MOST_CHARACTERS));
      };
      altered.push({ id: name("id"), nodeId: name("node_id"), place: `${file}:${number}` });
    },
    report: () => ({ ...counts, altered }),
  };
}
