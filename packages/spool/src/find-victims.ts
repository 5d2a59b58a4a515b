import { type DropPolicy } from "@clawmetry/siem-core";
import { type Lane } from "./lane.ts";
import { type Segment } from "./segment.ts";

/**
 * Which segments give way to a record: as many as free `shortage` bytes, the oldest first, of `least-severe` the least severe
 * first and none as severe as the record. Never one whose records are partly in memory. Undefined when all of them are not enough.
 */
export function findVictims(
  lanes: readonly Lane[],
  record: { readonly severity: number },
  policy: DropPolicy,
  shortage: number,
): readonly Segment[] | undefined {
  if (shortage <= 0) return [];
  const victims: Segment[] = [];
  let left = shortage;
  for (const segment of candidates(lanes, record.severity, policy)) {
    if (left <= 0) break;
    victims.push(segment);
    left -= segment.bytes;
  }
  return left <= 0 ? victims : undefined;
}

function candidates(lanes: readonly Lane[], severity: number, policy: DropPolicy): readonly Segment[] {
  if (policy === "newest") return [];
  if (policy === "oldest") return lanes.flatMap(unreadOf).sort((one, other) => one.order - other.order);
  return lanes
    .slice(severity + 1)
    .reverse()
    .flatMap(unreadOf);
}

function unreadOf({ segments, reader }: Lane): readonly Segment[] {
  return segments.filter((segment) => segment.unread > 0 && reader?.segment !== segment);
}
