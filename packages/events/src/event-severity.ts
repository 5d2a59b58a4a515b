import { placesOf } from "./fact-keys.ts";
import { type Sources } from "./fact-source.ts";
import { firstText } from "./facts.ts";
import { type Outcome } from "./outcome.ts";
import { type EventKind } from "./signatures.ts";

const SEVERITY = placesOf("severity");
// By syslog severity, 0 to 7.
const CEF_SEVERITIES = [10, 10, 10, 8, 6, 4, 3, 3];
const OWN_SEVERITIES: ReadonlyMap<string, number> = new Map([
  ["critical", 2],
  ["high", 3],
  ["medium", 4],
  ["low", 5],
  ["info", 6],
]);

/** Syslog severity of an event (RFC 5424 §6.2.1): that of its signature, of its failure, or its own word. */
export function readSeverity(kind: EventKind, outcome: Outcome | undefined, sources: Sources): number {
  if (kind.ownSeverity) {
    const word = firstText(sources, SEVERITY);
    return OWN_SEVERITIES.get(word?.trim().toLowerCase() ?? "") ?? kind.severity;
  }
  return outcome === "failure" ? kind.failureSeverity : kind.severity;
}

/** The severity of CEF, 0 to 10, that a syslog severity stands for. */
export function toCefSeverity(syslogSeverity: number): number {
  return CEF_SEVERITIES[syslogSeverity] ?? 3;
}
