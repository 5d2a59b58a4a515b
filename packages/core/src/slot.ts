import { Buffer } from "node:buffer";
import { type Linked } from "./chain.ts";
import { type Message } from "./message.ts";
import { severityRank } from "./severity-rank.ts";

/** A message with its place in the memory queue. */
export interface Slot extends Linked<Slot> {
  readonly message: Message;
  /** UTF-8 bytes of the text. */
  readonly bytes: number;
  /** Severity as an index, 0 to 7. */
  readonly rank: number;
  /** Where it lies among all that may be pushed out, while it is one of them. */
  place: Place | undefined;
  /** Where it lies among those of its group, while it may be pushed out. */
  groupPlace: Place | undefined;
}

/** The place of a slot on one level of shelves. */
export interface Place extends Linked<Place> {
  readonly slot: Slot;
  readonly level: number;
}

/** Wraps a message that is not in any queue yet. */
export function createSlot(message: Message): Slot {
  return {
    message,
    bytes: Buffer.byteLength(message.text),
    rank: severityRank(message.severity),
    before: undefined,
    after: undefined,
    place: undefined,
    groupPlace: undefined,
  };
}
