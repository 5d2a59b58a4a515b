import { terminalText } from "../terminal-text.ts";
import { showNode } from "./show-node.ts";
import { type SequenceReport } from "./sequence-report.ts";
import { MOST_SHOWN, showList } from "./show-list.ts";
import { shownName } from "./shown-name.ts";
import {
  type ContradictoryEvent,
  type LeftOutLine,
  type NamedEvent,
  type PayloadReport,
  type VerifyReport,
} from "./verify-report.ts";

/** A report for people, line by line: what each node proves first, the verdict last. Safe to print, whatever the lines held. */
export function* showReport(report: VerifyReport): Generator<string> {
  for (const status of ["not_proven", "proven", "not_chained"] as const) {
    const nodes = report.nodes.filter((node) => node.status === status);
    for (const node of nodes.slice(0, MOST_SHOWN)) yield* showNode(node);
    yield* showRest("nodes", nodes.length);
  }
  yield* showContradictory(report.contradictory);
  yield* showPayloads(report.payloads);
  yield* showOwnEvents(report.ownEvents);
  for (const sequence of report.sequences.slice(0, MOST_SHOWN)) yield* showSequence(sequence);
  yield* showRest("boots", report.sequences.length);
  yield* showLeftOut("unreadable lines or files", report.unreadable);
  yield* showLeftOut("other lines", report.foreign);
  yield verdict(report);
}

function* showRest(what: string, count: number): Generator<string> {
  if (count > MOST_SHOWN) yield `… and ${count - MOST_SHOWN} more ${what} (--json has all)`;
}

function* showContradictory(events: readonly ContradictoryEvent[]): Generator<string> {
  if (events.length === 0) return;
  yield `lines that show otherwise what their identity fields say: ${events.length}`;
  yield* showList(undefined, events, (event) => `${named(event)}: ${event.shown.join(", ")}`);
}

function* showPayloads(payloads: PayloadReport): Generator<string> {
  const { verified, altered, cef, notHeld, notWhole, noHash } = payloads;
  if (verified + altered.length + cef + notHeld + notWhole + noHash === 0) return;
  const counts = [
    `${verified} verified`,
    `${altered.length} altered`,
    ...some(cef, "not provable from CEF"),
    ...some(notHeld, "not on the line"),
    ...some(notWhole, "cut or left out"),
    ...some(noHash, "without a hash"),
  ];
  yield `payloads: ${counts.join(", ")}`;
  yield* showList("altered", altered, (event) => `${named(event)}: data is not what its payload hash was made of`);
}

function* showOwnEvents(counts: VerifyReport["ownEvents"]): Generator<string> {
  const entries = Object.entries(counts);
  if (entries.length === 0) return;
  yield `about the exporter and the daemon, in no chain: ${entries.map(([id, count]) => `${count} of ${id}`).join(", ")}`;
}

function* showSequence(report: SequenceReport): Generator<string> {
  const { boot, from, to, received, repeated, toldLost, explained, unexplained, gaps } = report;
  const missing = explained + unexplained;
  const facts = [
    `${received} received`,
    ...some(repeated, "came again"),
    ...some(toldLost, "dropped and told (9001)"),
    missing === 0 ? "none missing" : `${missing} missing, ${explained} of them told (9001)`,
  ];
  yield `boot ${boot}: numbers ${from} to ${to}: ${facts.join(", ")}`;
  yield* showList("missing and not told", gaps, (gap) => {
    const all = gap.to - gap.from + 1 === gap.missing;
    const range = gap.from === gap.to ? String(gap.from) : `${gap.from} to ${gap.to}`;
    return all ? range : `${gap.missing} of ${range}`;
  });
}

function* showLeftOut(title: string, lines: readonly LeftOutLine[]): Generator<string> {
  if (lines.length === 0) return;
  yield `${title}: ${lines.length}`;
  yield* showList(undefined, lines, ({ place, reason }) => `${terminalText(place)}: ${reason}`);
}

function verdict({ proven, lines, nodes, contradictory, payloads, unreadable }: VerifyReport): string {
  const read = `${counted(lines, "line")} read`;
  const altered = payloads.altered.length;
  const but = altered === 0 ? "" : `, but ${counted(altered, "payload")} altered`;
  if (proven) return `proven: the identity of every chained event${but} (${read})`;
  const open = nodes.filter(({ status }) => status === "not_proven").length;
  const reasons = [
    ...(open > 0 ? [`${open} of ${counted(nodes.length, "node")}`] : []),
    ...(contradictory.length > 0 ? [counted(contradictory.length, "contradictory line")] : []),
    ...(unreadable.length > 0 ? [`${unreadable.length} unreadable`] : []),
  ];
  return `NOT PROVEN: ${reasons.length > 0 ? reasons.join(", ") : "no chained event was found"} (${read})`;
}

function named({ id, nodeId, place }: NamedEvent): string {
  return `${shownName(id, "(no id)")} of ${shownName(nodeId, "(none)")} (${terminalText(place)})`;
}

function some(count: number, what: string): readonly string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
