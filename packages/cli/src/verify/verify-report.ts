import {
  type AlteredEvent,
  type ConflictingEvent,
  type EventPlace,
  type UnverifiableEvent,
} from "@clawmetry/integrity";
import { type SequenceReport } from "./sequence-report.ts";
import { type ShownFact } from "./shown-otherwise.ts";

/** Where something was read: `FILE:LINE`. */
export interface Placed {
  readonly place: string;
}

/** An event, and where it was read. */
export type PlacedEvent = EventPlace & Placed;

/** A line that was left out, and why. The reason holds nothing of the line. */
export interface LeftOutLine extends Placed {
  readonly reason: string;
}

/**
 * An event that was read before. `replay`: the same message, which is sent again after a connection broke, or the same file
 * twice. `sent_again`: the same event in another message, as when it is forwarded twice. `copy`: the lines have no numbers.
 */
export interface DuplicatedLine extends PlacedEvent {
  readonly kind: "replay" | "sent_again" | "copy";
  readonly first: string;
}

/** Two lines, each of which fits for itself, and which contradict each other. `first`: where the other one was read. */
export interface ConflictingLine extends PlacedEvent, Pick<ConflictingEvent, "differs"> {
  readonly first: string;
}

/** One event or more that should be between two others. See `MissingLink` of `@clawmetry/integrity`. */
export interface MissingEvents {
  readonly previousHash: string;
  readonly after: PlacedEvent | null;
  readonly before: PlacedEvent | null;
}

/** An event by its names, which are empty where it has none, and cut after 200 characters. */
export interface NamedEvent extends Placed {
  readonly id: string;
  readonly nodeId: string;
}

/** An event of which the line shows something otherwise than its chained fields. */
export interface ContradictoryEvent extends NamedEvent {
  readonly shown: readonly ShownFact[];
}

/** What the payloads of all events prove, which the chain does not cover: counts, but for those that are altered. */
export interface PayloadReport {
  readonly verified: number;
  /** `data` is not what the payload hash was made of. */
  readonly altered: readonly NamedEvent[];
  /** CEF, which holds the hash and never the data. */
  readonly cef: number;
  /** JSON that holds the hash and not the data. */
  readonly notHeld: number;
  /** The line says that something was cut or left out. */
  readonly notWhole: number;
  readonly noHash: number;
}

/** `proven`: the identity of every event is. `not_chained`: no event of the node is in a chain. */
export type NodeStatus = "proven" | "not_proven" | "not_chained";

/** What was found of one node. Lists are in the order of reading. */
export interface NodeVerification {
  /** Empty for the events that name no node. */
  readonly nodeId: string;
  readonly status: NodeStatus;
  readonly events: number;
  /** Events with a hash, which was computed again. */
  readonly checked: number;
  /** Different events whose hash fits and whose previous one is there. */
  readonly verified: number;
  /** The hash that none follows: the anchor for what comes later. Null when there are none or several. */
  readonly headHash: string | null;
  readonly altered: readonly (PlacedEvent & Pick<AlteredEvent, "changed">)[];
  readonly missing: readonly MissingEvents[];
  readonly forks: readonly { readonly previousHash: string; readonly events: readonly PlacedEvent[] }[];
  readonly unverifiable: readonly (PlacedEvent & Pick<UnverifiableEvent, "reason" | "fields">)[];
  readonly conflicting: readonly ConflictingLine[];
  readonly duplicated: readonly DuplicatedLine[];
  readonly reordered: readonly PlacedEvent[];
}

/** What was found in all inputs. Plain data. */
export interface VerifyReport {
  /** Whether the identity of every chained event is proven and shown as it is, at least one is there, and no line was unreadable. */
  readonly proven: boolean;
  /** Lines that were read, without empty ones. */
  readonly lines: number;
  /** In the order in which they were first met. */
  readonly nodes: readonly NodeVerification[];
  /** In the order of reading. */
  readonly contradictory: readonly ContradictoryEvent[];
  readonly payloads: PayloadReport;
  /** Lines of the exporter and the daemon about themselves, by signature: they are in no chain. */
  readonly ownEvents: Readonly<Record<string, number>>;
  readonly sequences: readonly SequenceReport[];
  readonly unreadable: readonly LeftOutLine[];
  readonly foreign: readonly LeftOutLine[];
}
