import { type LossReport, type LossSeverity, type Message } from "@clawmetry/siem-core";

/** What is known of some records that are gone. */
export interface LostRecords {
  readonly count: number;
  readonly severity: number;
  readonly seqFrom: number;
  readonly seqTo: number;
  readonly startMs: number;
  readonly endMs: number;
}

const SEVERITIES: readonly LossSeverity[] = ["0", "1", "2", "3", "4", "5", "6", "7"];

/** Tells of records that are gone, and of which process they were. */
export function lossReport(reason: "evicted" | "damaged", boot: string, lost: LostRecords): LossReport {
  const { count, severity, seqFrom, seqTo, startMs, endMs } = lost;
  return {
    kind: "loss",
    count,
    byReason: { [reason]: count },
    bySeverity: { [SEVERITIES[severity] ?? "unknown"]: count },
    startMs,
    endMs,
    seqFrom,
    seqTo,
    boot,
  };
}

/** Tells of one message that is gone. */
export function lossOfMessage(message: Message, boot: string): LossReport {
  const { number = 0, atMs = 0 } = message.entry ?? {};
  const lost = {
    count: 1,
    severity: laneSeverity(message),
    seqFrom: number,
    seqTo: number,
    startMs: atMs,
    endMs: atMs,
  };
  return lossReport("evicted", boot, lost);
}

/** Syslog severity of a message as an integer from 0 to 7. What is no number counts as the least severe. */
export function laneSeverity({ severity }: Message): number {
  return Number.isNaN(severity) ? 7 : Math.min(7, Math.max(0, Math.trunc(severity)));
}
