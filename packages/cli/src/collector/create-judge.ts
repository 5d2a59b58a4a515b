import { type DecodedRecord } from "./decode-record.ts";
import { type CollectorFault, type ReceivedFrame } from "./received-frame.ts";

/** Counts what a collector receives, and says what is wrong with it. */
export interface Judge {
  /** Gives a line for each problem of the record. */
  readonly record: (frame: ReceivedFrame, record: DecodedRecord) => readonly string[];
  readonly fault: (fault: CollectorFault) => string;
  readonly records: number;
  /** Whether every record was well-formed, every stream one of syslog, and no datagram was thrown away. */
  readonly clean: boolean;
  /** `records=2 (udp=1 tls=1) malformed=0 framing=0 overrun=0`. */
  readonly summary: string;
}

/** Starts to count. */
export function createJudge(): Judge {
  const byTransport = { udp: 0, tcp: 0, tls: 0 };
  const faults = { framing: 0, connection: 0, handshake: 0, overrun: 0 };
  let records = 0;
  let malformed = 0;
  return {
    record: ({ transport, from }, { problems }) => {
      records += 1;
      byTransport[transport] += 1;
      if (problems.length > 0) malformed += 1;
      return problems.map((problem) => `record ${records} (${transport} ${from}): ${problem}`);
    },
    fault: ({ transport, from, kind, reason }) => {
      faults[kind] += 1;
      return `${transport} ${from}: ${reason}`;
    },
    get records() {
      return records;
    },
    get clean() {
      return malformed + faults.framing + faults.overrun === 0;
    },
    get summary() {
      const used = Object.entries(byTransport).filter(([, count]) => count > 0);
      const detail = used.length === 0 ? "" : ` (${used.map(([name, count]) => `${name}=${count}`).join(" ")})`;
      return `records=${records}${detail} malformed=${malformed} framing=${faults.framing} overrun=${faults.overrun}`;
    },
  };
}
