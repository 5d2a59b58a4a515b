import { type LinePlace } from "./create-place-log.ts";
import { type HeldEvent } from "./line-record.ts";
import { nameEvent } from "./name-event.ts";
import { payloadVerdict } from "./payload-verdict.ts";
import { type NamedEvent, type PayloadReport } from "./verify-report.ts";

/** Notes what the payloads of events prove. */
export interface PayloadLog {
  readonly add: (held: HeldEvent, place: LinePlace) => void;
  readonly report: () => PayloadReport;
}

/** Keeps a count of each verdict, and of those that are altered where they are. */
export function createPayloadLog(): PayloadLog {
  const counts = { verified: 0, cef: 0, notHeld: 0, notWhole: 0, noHash: 0 };
  const altered: NamedEvent[] = [];
  return {
    add: (held, place) => {
      const verdict = payloadVerdict(held);
      if (verdict === "altered") altered.push(nameEvent(held, place));
      else counts[verdict]++;
    },
    report: () => ({ ...counts, altered }),
  };
}
