import { genesisHash } from "./chain-hash.ts";
import type { ChainStatus, EventPlace, Fork, MissingLink, NodeReport } from "./chain-report.ts";
import type { Claims, Link, NodeChain } from "./node-chain.ts";

/** What is known of a node from elsewhere. */
export interface NodeExpectations {
  /** The hash that its first event follows. Without one: the genesis. */
  readonly anchor: string | undefined;
  /** A hash that must be there. */
  readonly head: string | undefined;
}

/** Follows the links of a node, whatever the order in which they were read. Does not change what it is given. */
export function reportNode(nodeId: string, node: NodeChain, claims: Claims, expected: NodeExpectations): NodeReport {
  const { events, checked, links, unverifiable, conflicting, duplicated } = node;
  const { followers, forks } = followersOf(links);
  const ends = [...links.values()].filter(({ hash }) => !followers.has(hash) && !claims.followed.has(hash));
  const unlinked = unlinkedOf(links, claims, expected);
  const missing = [...missingLinks(unlinked, ends), ...missingHead(links, claims, expected, ends)];
  const altered = node.altered.map(({ id, position, changed, expected: hash }) => {
    const follower = hash === undefined ? undefined : followers.get(hash);
    return { id, position, changed: follower?.proven === true ? "chain_hash" : changed } as const;
  });
  const broken = [...altered, ...missing.map(({ before, after }) => before ?? after), ...forks.map(secondOf)];
  return {
    nodeId,
    status: statusOf(node, broken.length > 0),
    events,
    checked,
    verified: countProven(links.values()) - countProven(unlinked),
    brokenAt: firstOf(broken),
    headHash: ends.length === 1 ? (ends[0]?.hash ?? null) : null,
    altered,
    missing,
    forks,
    unverifiable: [...unverifiable],
    conflicting: [...conflicting],
    duplicated: [...duplicated],
    reordered: reorderedOf(links),
  };
}

function unlinkedOf(links: ReadonlyMap<string, Link>, claims: Claims, expected: NodeExpectations): readonly Link[] {
  return [...links.values()].filter(({ previousHash }) => !isKnown(previousHash, links, claims, expected));
}

function missingHead(
  links: ReadonlyMap<string, Link>,
  claims: Claims,
  expected: NodeExpectations,
  ends: readonly Link[],
): readonly MissingLink[] {
  const { head } = expected;
  if (head === undefined || isKnown(head, links, claims, expected)) return [];
  return [{ previousHash: head, after: placeOf(ends.at(-1)), before: null }];
}

function isKnown(
  hash: string,
  links: ReadonlyMap<string, Link>,
  claims: Claims,
  { anchor = genesisHash }: NodeExpectations,
): boolean {
  if (links.has(hash) || claims.hashes.has(hash)) return true;
  // With an anchor, the genesis is a start only where the events reach back beyond the anchor.
  return hash === (links.has(anchor) ? genesisHash : anchor);
}

// Only proven events fork a chain: the previous hash of another one may be anything.
function followersOf(links: ReadonlyMap<string, Link>): { followers: ReadonlyMap<string, Link>; forks: Fork[] } {
  const followers = new Map<string, Link>();
  const forked = new Map<string, EventPlace[]>();
  for (const link of links.values()) {
    const first = followers.get(link.previousHash);
    if (first === undefined || (link.proven && !first.proven)) followers.set(link.previousHash, link);
    else if (link.proven) {
      const branches = forked.get(link.previousHash) ?? [toPlace(first)];
      branches.push(toPlace(link));
      forked.set(link.previousHash, branches);
    }
  }
  return { followers, forks: Array.from(forked, ([previousHash, events]) => ({ previousHash, events })) };
}

// Both lists are in the order of reading.
function missingLinks(unlinked: readonly Link[], ends: readonly Link[]): MissingLink[] {
  let next = 0;
  return unlinked.map((link) => {
    while (next < ends.length && (ends[next]?.position ?? Infinity) < link.position) next++;
    return { previousHash: link.previousHash, after: placeOf(ends[next - 1]), before: toPlace(link) };
  });
}

function reorderedOf(links: ReadonlyMap<string, Link>): EventPlace[] {
  const early = [...links.values()].filter((link) => (links.get(link.previousHash)?.position ?? 0) > link.position);
  return early.map(toPlace);
}

function statusOf({ links, unverifiable, conflicting }: NodeChain, broken: boolean): ChainStatus {
  if (broken) return "invalid";
  if (links.size === 0) return "empty";
  return unverifiable.length > 0 || conflicting.length > 0 ? "degraded" : "valid";
}

function countProven(links: Iterable<Link>): number {
  let count = 0;
  for (const { proven } of links) if (proven) count++;
  return count;
}

function firstOf(places: readonly (EventPlace | null | undefined)[]): EventPlace | null {
  const known = places.filter((place) => place !== null && place !== undefined);
  const first = known.reduce<EventPlace | undefined>(earlier, undefined);
  return placeOf(first);
}

function earlier(first: EventPlace | undefined, place: EventPlace): EventPlace {
  return first === undefined || place.position < first.position ? place : first;
}

function secondOf({ events }: Fork): EventPlace | undefined {
  return events[1];
}

function placeOf(place: EventPlace | undefined): EventPlace | null {
  return place === undefined ? null : toPlace(place);
}

function toPlace({ id, position }: EventPlace): EventPlace {
  return { id, position };
}
