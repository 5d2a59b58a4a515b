/** How many syslog severities there are: 0 (most severe) to 7. */
const SEVERITY_RANKS = 8;

/** The syslog severity of a message as an integer from 0 to 7. What is no number counts as the least severe. */
export function severityRank(severity: number): number {
  if (Number.isNaN(severity)) return SEVERITY_RANKS - 1;
  return Math.min(SEVERITY_RANKS - 1, Math.max(0, Math.trunc(severity)));
}
