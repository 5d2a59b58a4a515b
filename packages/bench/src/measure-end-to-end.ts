import { median } from "./median.ts";
import { type Contestant, type Outcome, playRounds, type RoundFigures } from "./play-rounds.ts";
import { type Report, type ReportRow } from "./report.ts";

const ROUNDS = 5;
const COLUMNS = ["sender", "events/s", "CPU µs/event", "× JSON.stringify", "arrived", "peak MiB", "longest delay ms"];

/** Compares contestants by their medians; of the memory and the delays, the greatest counts. */
export async function measureEndToEnd(title: string, contestants: readonly Contestant[]): Promise<Report> {
  const outcomes = await playRounds(contestants, ROUNDS);
  const about = `Medians of ${ROUNDS} rounds, from the first \`send\` to the last byte that the sink counted.`;
  return { title, about, columns: COLUMNS, rows: outcomes.map(rowOf) };
}

function rowOf({ contestant: { sender, route }, rounds }: Outcome): ReportRow {
  const middle = (read: (figures: RoundFigures) => number): number => median(rounds.map(read));
  return [
    route === "tcp-octets" ? `${sender}, octet counting` : sender,
    middle(({ perSecond }) => perSecond),
    middle(({ cpuUs }) => cpuUs),
    middle(({ ratio }) => ratio),
    `${(100 * middle(({ arrived }) => arrived)).toFixed(1)} %`,
    Math.max(...rounds.map(({ peakMiB }) => peakMiB)),
    Math.max(...rounds.map(({ longestDelayMs }) => longestDelayMs)),
  ];
}
