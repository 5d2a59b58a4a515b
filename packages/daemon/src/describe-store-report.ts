import { type NodeReport } from "@clawmetry/integrity";
import { type RowPlace, type StoreReport } from "./verify-store.ts";

const MOST_LINES = 20;

/** A report as lines for people: one per node, one per fault, and of each kind at most 20. */
export function describeStoreReport(report: StoreReport): readonly string[] {
  const { payloads, columnsDiffer, unreadable, headsDiffer, chain } = report;
  return [
    `${chain.events} events, ${chain.verified} verified in their chain, ${payloads.verified} payloads verified`,
    ...chain.nodes.flatMap(nodeLines),
    ...limited(
      headsDiffer.map((node) => `node ${node}: the chain does not end with the newest hash that the store keeps`),
    ),
    ...limited(payloads.altered.map((row) => `${placeText(row)}: payload altered`)),
    ...limited(payloads.missing.map((row) => `${placeText(row)}: payload hash missing`)),
    ...limited(columnsDiffer.map((row) => `${placeText(row)}: a column says something else than the event`)),
    ...limited(unreadable.map((row) => `${placeText(row)}: no JSON`)),
  ];
}

function nodeLines(node: NodeReport): readonly string[] {
  const name = node.nodeId === "" ? "without a node" : `node ${node.nodeId}`;
  return [
    `${name}: ${node.status}, ${node.events} events, ${node.verified} verified`,
    ...limited(node.altered.map(({ id, changed }) => `${name}: altered: ${idText(id)} (${changed})`)),
    ...limited(
      node.missing.map(
        ({ after, before }) => `${name}: missing between ${idText(after?.id)} and ${idText(before?.id)}`,
      ),
    ),
    ...limited(
      node.forks.map(({ events }) => `${name}: forked at ${events.map(({ id }) => idText(id)).join(" and ")}`),
    ),
    ...limited(node.unverifiable.map(({ id }) => `${name}: not in the chain: ${idText(id)}`)),
    ...limited(node.conflicting.map(({ id }) => `${name}: contradicts an earlier event: ${idText(id)}`)),
    ...limited(node.duplicated.map(({ id }) => `${name}: stored twice: ${idText(id)}`)),
    ...limited(node.reordered.map(({ id }) => `${name}: out of order: ${idText(id)}`)),
  ];
}

function limited(lines: readonly string[]): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  return [...lines.slice(0, MOST_LINES), `… and ${lines.length - MOST_LINES} more like it`];
}

function placeText({ seq, id }: RowPlace): string {
  return `row ${seq} (${idText(id)})`;
}

function idText(id: string | null | undefined): string {
  return id ?? "nothing";
}
