/**
 * `valid`: every event is verified. `invalid`: something was altered, is missing, or the chain forks. `degraded`: nothing of that
 * can be shown, and not every event is proven: some are unverifiable or conflict. `empty`: no event is in a chain.
 */
export type ChainStatus = "valid" | "invalid" | "empty" | "degraded";

/** Which event. */
export interface EventPlace {
  /** Null when it has none. One of over 200 characters is cut, and ends in `…` and the beginning of its SHA-256. */
  readonly id: string | null;
  /** 1 for the first event that was read, whatever its node. */
  readonly position: number;
}

/** An event whose hash is not that of what it says. */
export interface AlteredEvent extends EventPlace {
  /**
   * What was changed, where the hashes prove it: then the other fields that the chain covers are as they were stamped. `unknown`: any
   * of the eight chained fields or the two hashes.
   */
  readonly changed: "chain_hash" | "chain_prev_hash" | "unknown";
}

/** An event of which nothing can be said. */
export interface UnverifiableEvent extends EventPlace {
  /** `not_chained`: it has no hashes. `changed_fields`: its hash does not fit, and it was said not to hold these fields exactly. */
  readonly reason: "not_chained" | "changed_fields";
  /** The chained fields that are not held exactly. */
  readonly fields: readonly string[];
}

/** An event that was read before, with the same hash and the same payload hash. */
export interface DuplicatedEvent extends EventPlace {
  /** The position of the first copy. */
  readonly first: number;
}

/** An event whose own hash fits, and which contradicts another one that fits. */
export interface ConflictingEvent extends EventPlace {
  /** The position of the other one. */
  readonly first: number;
  /** `identity`: the same id, another hash. `payload_hash`: the same hash, another payload hash. */
  readonly differs: "identity" | "payload_hash";
}

/** One event or more that should be between two others. How many cannot be told. */
export interface MissingLink {
  /** The hash that no event has. */
  readonly previousHash: string;
  /** The nearest event that was read before and that none follows: a hint, which the hashes do not prove. Null for none. */
  readonly after: EventPlace | null;
  /** The event that names `previousHash`. Null at the end, where the caller did by `heads`. */
  readonly before: EventPlace | null;
}

/** Events whose own hashes fit, and of which each says to be the next one after the same hash. */
export interface Fork {
  readonly previousHash: string;
  readonly events: readonly EventPlace[];
}

/** What was found in the chain of one node. Every list is in the order of reading. */
export interface NodeReport {
  /** Empty for the events that name no node. */
  readonly nodeId: string;
  readonly status: ChainStatus;
  /** Events that were read. */
  readonly events: number;
  /** Those of them that have a hash, which was computed again. */
  readonly checked: number;
  /** Different events whose hash fits and whose previous one is there. */
  readonly verified: number;
  /** The first event at which the chain is broken. Null when it is not, or when no event is left. */
  readonly brokenAt: EventPlace | null;
  /** The hash that none follows: the anchor for what comes later. Null when there are none or several. */
  readonly headHash: string | null;
  readonly altered: readonly AlteredEvent[];
  readonly missing: readonly MissingLink[];
  readonly forks: readonly Fork[];
  readonly unverifiable: readonly UnverifiableEvent[];
  readonly conflicting: readonly ConflictingEvent[];
  readonly duplicated: readonly DuplicatedEvent[];
  /** Events that were read before the one they follow. */
  readonly reordered: readonly EventPlace[];
}

/** What `verifyChain` found. Plain data: JSON keeps all of it. */
export interface ChainReport {
  /** The worst of the nodes; `degraded` when chains are valid and other nodes have events in no chain. */
  readonly status: ChainStatus;
  readonly events: number;
  readonly checked: number;
  readonly verified: number;
  /** In the order in which they were first met. */
  readonly nodes: readonly NodeReport[];
}
