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
  /** The next younger one of the same rank, while both may still be pushed out. */
  nextOfRank: Slot | undefined;
}

/** Wraps a message that is not in any queue yet. */
export function createSlot(message: Message): Slot {
  return {
    message,
    bytes: Buffer.byteLength(message.text),
    rank: severityRank(message.severity),
    before: undefined,
    after: undefined,
    nextOfRank: undefined,
  };
}
