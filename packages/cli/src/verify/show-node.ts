import { terminalText } from "../terminal-text.ts";
import { showList } from "./show-list.ts";
import { shownName } from "./shown-name.ts";
import {
  type DuplicatedLine,
  type MissingEvents,
  type NodeStatus,
  type NodeVerification,
  type PlacedEvent,
} from "./verify-report.ts";

const STATUS: Readonly<Record<NodeStatus, string>> = {
  proven: "proven",
  not_proven: "NOT PROVEN",
  not_chained: "in no chain",
};

const ALTERED = {
  unknown: "one of its eight identity fields or its hashes was altered",
  chain_hash: "its chain hash was altered, its identity fields are as they were",
  chain_prev_hash: "its previous chain hash was altered, its identity fields are as they were",
};

const DUPLICATED: Readonly<Record<DuplicatedLine["kind"], string>> = {
  replay: "the same message",
  sent_again: "the same event in another message",
  copy: "the same event",
};

/** What was found of a node, for people. Safe to print, whatever the lines held. */
export function* showNode(node: NodeVerification): Generator<string> {
  yield `node ${shownName(node.nodeId, "(none)")}: ${STATUS[node.status]}: ${node.verified} verified of ${node.checked} chained, ${node.events} in all`;
  yield* showList("altered", node.altered, (event) => `${named(event)}: ${ALTERED[event.changed]}`);
  yield* showList("missing, one event or more each", node.missing, missing);
  yield* showList("forks", node.forks, ({ events }) => `each says to be the next one: ${events.map(named).join(", ")}`);
  yield* showList("unverifiable", node.unverifiable, (event) => {
    return event.reason === "not_chained"
      ? `${named(event)}: it has no chain hash`
      : `${named(event)}: the line does not hold ${event.fields.join(", ")} exactly`;
  });
  yield* showList("contradictions", node.conflicting, (event) => {
    const contradiction = event.differs === "identity" ? "the same id and another hash" : "another payload hash";
    return `${named(event)}: ${contradiction} than ${terminalText(event.first)}`;
  });
  yield* showList("duplicated", node.duplicated, (event) => {
    return `${named(event)}: ${DUPLICATED[event.kind]} as ${terminalText(event.first)}`;
  });
  yield* showList("reordered, read before the one they follow", node.reordered, named);
}

function missing({ previousHash, after, before }: MissingEvents): string {
  if (before === null)
    return `${after === null ? "all" : `after ${named(after)}`}: the head ${previousHash} is not here`;
  const hint = "the hash before it is not here";
  return after === null
    ? `before ${named(before)}: ${hint} (${previousHash})`
    : `between ${named(after)} and ${named(before)}: ${hint} (${previousHash})`;
}

function named({ id, place }: PlacedEvent): string {
  return `${shownName(id ?? "", "(no id)")} (${terminalText(place)})`;
}
