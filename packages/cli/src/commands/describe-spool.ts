import { type SpoolReport } from "@clawmetry/siem-spool";

/** What a spool holds, in lines for people. */
export function describeSpool(report: SpoolReport): readonly string[] {
  const { folder, events, eventBytes, bytes, oldestMs, bySeverity, damaged, last, usedBy } = report;
  const oldest = oldestMs === undefined ? "" : `, the oldest of ${new Date(oldestMs).toISOString()}`;
  const severities = Object.entries(bySeverity).map(([severity, count]) => `  severity ${severity}: ${count}`);
  return [
    `${folder}: ${events} events of ${eventBytes} bytes wait in ${bytes} bytes of files${oldest}`,
    ...severities,
    ...(damaged > 0 ? [`  damaged: ${damaged}`] : []),
    ...(last === undefined ? [] : [describeLast(last)]),
    ...(usedBy === undefined ? [] : [`  in use by process ${usedBy}: what it has in memory does not show`]),
  ];
}

function describeLast({ boot, clean, lastSeq, confirmedSeq, untold }: NonNullable<SpoolReport["last"]>): string {
  const lost = untold.reduce((sum, { count }) => sum + count, 0);
  const losses = lost === 0 ? "" : `, ${lost} losses not told yet`;
  return `  boot ${boot}, ${clean ? "closed" : "not closed"}: last number ${lastSeq}, confirmed ${confirmedSeq}${losses}`;
}
