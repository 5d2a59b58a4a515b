import { type DuplicatedEvent, type EventPlace, type NodeReport } from "@clawmetry/integrity";
import { type PlaceLog } from "./create-place-log.ts";
import { type DuplicatedLine, type NodeStatus, type NodeVerification, type PlacedEvent } from "./verify-report.ts";

/** The report of a node with the lines instead of positions in the reading. */
export function placeNode(node: NodeReport, places: PlaceLog): NodeVerification {
  const { placeOf } = places;
  const placed = <E extends EventPlace>(event: E): E & PlacedEvent => ({ ...event, place: placeOf(event.position) });
  const orNull = (event: EventPlace | null): PlacedEvent | null => (event === null ? null : placed(event));
  return {
    nodeId: node.nodeId,
    status: statusOf(node),
    events: node.events,
    checked: node.checked,
    verified: node.verified,
    headHash: node.headHash,
    altered: node.altered.map(placed),
    missing: node.missing.map(({ previousHash, after, before }) => ({
      previousHash,
      after: orNull(after),
      before: orNull(before),
    })),
    forks: node.forks.map(({ previousHash, events }) => ({ previousHash, events: events.map(placed) })),
    unverifiable: node.unverifiable.map(placed),
    conflicting: node.conflicting.map((event) => ({ ...placed(event), first: placeOf(event.first) })),
    duplicated: node.duplicated.map((event) => placeCopy(event, places)),
    reordered: node.reordered.map(placed),
  };
}

function placeCopy({ id, position, first }: DuplicatedEvent, { placeOf, sequenceOf }: PlaceLog): DuplicatedLine {
  const [one, other] = [sequenceOf(first), sequenceOf(position)];
  const same = one?.boot === other?.boot && one?.number === other?.number;
  const kind = one === undefined && other === undefined ? "copy" : same ? "replay" : "sent_again";
  return { kind, id, position, place: placeOf(position), first: placeOf(first) };
}

// Two events with one id are both in the chain: which of them is meant by it, nobody can tell.
function statusOf({ altered, missing, forks, unverifiable, conflicting, checked }: NodeReport): NodeStatus {
  if (altered.length + missing.length + forks.length > 0) return "not_proven";
  if (checked === 0) return "not_chained";
  const isDoubtful = unverifiable.length > 0 || conflicting.some(({ differs }) => differs === "identity");
  return isDoubtful ? "not_proven" : "proven";
}
