import { append, createChain, remove } from "./chain.ts";
import { type Slot } from "./slot.ts";

/** Slots that were sent and are held for a replay, oldest first. */
export interface KeptSlots {
  readonly bytes: number;
  /** Takes in a slot and lets go of the oldest ones beyond the bounds. */
  readonly keep: (slot: Slot) => void;
  /** Lets go of the oldest ones until at most `maxBytes` are held. */
  readonly shrink: (maxBytes: number) => void;
  /** Takes out the youngest. */
  readonly pop: () => Slot | undefined;
}

/** An empty store with its own bounds. */
export function createKeptSlots(maxEvents: number, maxBytes: number): KeptSlots {
  const chain = createChain<Slot>();
  let events = 0;
  let bytes = 0;

  function take(slot: Slot): Slot {
    remove(chain, slot);
    events -= 1;
    bytes -= slot.bytes;
    return slot;
  }
  function shrink(limit: number): void {
    while (chain.first !== undefined && (bytes > limit || events > maxEvents)) take(chain.first);
  }

  return {
    get bytes() {
      return bytes;
    },
    keep: (slot) => {
      append(chain, slot);
      events += 1;
      bytes += slot.bytes;
      shrink(maxBytes);
    },
    shrink,
    pop: () => (chain.last === undefined ? undefined : take(chain.last)),
  };
}
