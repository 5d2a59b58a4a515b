import { readProperty } from "@clawmetry/siem-events";
import { ownCopy } from "@clawmetry/siem-text";
import type { AlteredEvent, ConflictingEvent, DuplicatedEvent, EventPlace, UnverifiableEvent } from "./chain-report.ts";
import { readStamp, type Stamp } from "./read-stamp.ts";

/** An event in its place: its hash fits, or it is not held exactly and its hashes are believed. */
export interface Link extends EventPlace {
  readonly hash: string;
  readonly previousHash: string;
  readonly payloadHash: string | undefined;
  readonly proven: boolean;
}

/** An altered event, and the hash that it should have after the previous one that it names. */
export interface AlteredRecord extends AlteredEvent {
  readonly expected: string | undefined;
}

/** What is kept of the events of one node: hashes and ids. */
export interface NodeChain {
  events: number;
  checked: number;
  /** The hash of the event that was read last. */
  lastHash: string;
  /** By hash, in the order of reading. */
  readonly links: Map<string, Link>;
  readonly byId: Map<string, Link>;
  readonly altered: AlteredRecord[];
  readonly unverifiable: UnverifiableEvent[];
  readonly conflicting: ConflictingEvent[];
  readonly duplicated: DuplicatedEvent[];
}

/** Hashes that altered events name. They are there, in whichever node the event now says it is. */
export interface Claims {
  /** Hashes that an altered event has, or should have. */
  readonly hashes: Set<string>;
  /** Hashes that an altered event follows. */
  readonly followed: Set<string>;
}

/** A node of which nothing was read. `start`: the hash that its first event should follow. */
export function createNodeChain(start: string): NodeChain {
  return {
    events: 0,
    checked: 0,
    lastHash: start,
    links: new Map(),
    byId: new Map(),
    altered: [],
    unverifiable: [],
    conflicting: [],
    duplicated: [],
  };
}

/** Takes in one event. `changed`: the fields that it does not hold exactly. Never throws. */
export function addEvent(
  node: NodeChain,
  claims: Claims,
  place: EventPlace,
  event: unknown,
  changed: readonly string[],
): void {
  const stamp = readStamp(event, changed, node.lastHash);
  node.events++;
  if (stamp.kind === "not_chained") {
    node.unverifiable.push({ ...place, reason: "not_chained", fields: [] });
    return;
  }
  node.checked++;
  if (stamp.kind === "altered") addAltered(node, claims, place, stamp);
  else addLink(node, place, stamp, payloadHashOf(event));
  node.lastHash = stamp.hash ?? node.lastHash;
}

function addAltered(node: NodeChain, claims: Claims, place: EventPlace, stamp: Stamp & { kind: "altered" }): void {
  const { changed, hash, previousHash, expected } = stamp;
  node.altered.push({ ...place, changed, expected });
  if (hash !== undefined) claims.hashes.add(ownCopy(hash));
  if (expected !== undefined) claims.hashes.add(expected);
  if (previousHash !== undefined) claims.followed.add(ownCopy(previousHash));
}

function addLink(
  node: NodeChain,
  place: EventPlace,
  stamp: Stamp & { kind: "linked" | "unproven" },
  payloadHash: string | undefined,
): void {
  const proven = stamp.kind === "linked";
  // The text of a hash is kept once: mostly the event before has it already.
  const previousHash = stamp.previousHash === node.lastHash ? node.lastHash : ownCopy(stamp.previousHash);
  const link: Link = { ...place, hash: proven ? stamp.hash : ownCopy(stamp.hash), previousHash, payloadHash, proven };
  if (!proven) node.unverifiable.push({ ...place, reason: "changed_fields", fields: stamp.fields });
  const known = node.links.get(link.hash);
  if (known === undefined) node.links.set(link.hash, link);
  else if (proven && known.proven) addCopy(node, link, known);
  else if (proven) node.links.set(link.hash, { ...link, position: known.position });
  if (proven) noteId(node, link);
}

function addCopy(node: NodeChain, { id, position, payloadHash }: Link, known: Link): void {
  const first = known.position;
  if (payloadHash === known.payloadHash) node.duplicated.push({ id, position, first });
  else node.conflicting.push({ id, position, first, differs: "payload_hash" });
}

function noteId(node: NodeChain, link: Link): void {
  if (link.id === null) return;
  const known = node.byId.get(link.id);
  if (known === undefined) node.byId.set(link.id, link);
  else if (known.hash !== link.hash) {
    node.conflicting.push({ id: link.id, position: link.position, first: known.position, differs: "identity" });
  }
}

function payloadHashOf(event: unknown): string | undefined {
  const value = typeof event === "object" && event !== null ? readProperty(event, "payload_hash") : undefined;
  return typeof value === "string" ? ownCopy(value.slice(0, 64)) : undefined;
}
