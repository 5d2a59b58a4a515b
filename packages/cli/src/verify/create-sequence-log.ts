import { type LineSequence } from "./line-record.ts";
import { type LossReport } from "./loss-report.ts";
import { explainGaps, type MissingRange } from "./explain-gaps.ts";
import { type SequenceReport } from "./sequence-report.ts";

/** Notes the numbers of messages, in any order. */
export interface SequenceLog {
  /** `loss`: what the message tells, if it is an event 9001. */
  readonly add: (sequence: LineSequence, loss?: LossReport) => void;
  /** One report for each boot id, in the order in which they were first met. */
  readonly report: () => readonly SequenceReport[];
}

interface BootLog {
  readonly numbers: number[];
  /** By the boot id and number of the message that tells: the same message may come twice. */
  readonly losses: Map<string, LossReport>;
}

/** Keeps one number for each message. */
export function createSequenceLog(): SequenceLog {
  const boots = new Map<string, BootLog>();

  function logOf(boot: string): BootLog {
    const known = boots.get(boot);
    if (known !== undefined) return known;
    const log: BootLog = { numbers: [], losses: new Map() };
    boots.set(boot, log);
    return log;
  }

  return {
    add: ({ boot, number }, loss) => {
      logOf(boot).numbers.push(number);
      if (loss !== undefined) logOf(loss.boot ?? boot).losses.set(`${boot} ${number}`, loss);
    },
    report: () => [...boots].filter(([, log]) => log.numbers.length > 0).map(([boot, log]) => reportBoot(boot, log)),
  };
}

function reportBoot(boot: string, { numbers, losses }: BootLog): SequenceReport {
  const sorted = Float64Array.from(numbers).sort();
  const missing: MissingRange[] = [];
  let received = 0;
  let previous: number | undefined;
  for (const number of sorted) {
    if (number === previous) continue;
    if (previous !== undefined && number > previous + 1) missing.push({ from: previous + 1, to: number - 1 });
    received++;
    previous = number;
  }
  const reports = [...losses.values()];
  return {
    boot,
    from: sorted[0] ?? 0,
    to: sorted.at(-1) ?? 0,
    received,
    repeated: numbers.length - received,
    toldLost: reports.reduce((sum, { count }) => sum + count, 0),
    ...explainGaps(missing, reports),
  };
}
