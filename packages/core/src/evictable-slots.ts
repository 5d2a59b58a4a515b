import { type QueueLimits } from "./queue-limits.ts";
import { createSessionGroups } from "./session-groups.ts";
import { createShelves, pick, shelve, type Shelves, type Shortage, unshelve } from "./shelves.ts";
import { type Slot } from "./slot.ts";

/** The slots that may be pushed out: they were never peeked, and nothing younger than them was. */
export interface EvictableSlots {
  /** Takes in a slot that is younger than all others, and hangs after them. `crowded`: the queue is half full. */
  readonly add: (slot: Slot, crowded: boolean) => void;
  /** Takes out a slot that still hangs in its place. */
  readonly remove: (slot: Slot) => void;
  /** What is given up for a newcomer, in the order of removal. Undefined when the newcomer is. */
  readonly victims: (newcomer: Slot, shortage: Shortage) => readonly Slot[] | undefined;
}

// Faster than slots come in: from half full on, what waits is sorted before the queue is full.
const SORTED_PER_OFFER = 3;

/**
 * Sorts slots by severity, where the policy goes by it, and by group, so that a victim is found without a search. Sorts none
 * while the queue is less than half full: a collector that keeps up costs nothing.
 */
export function createEvictableSlots(limits: Required<QueueLimits>): EvictableSlots {
  const { dropPolicy, sessionShare, maxEvents, maxBytes } = limits;
  const all = createShelves();
  const groups = createSessionGroups({ events: maxEvents * sessionShare, bytes: maxBytes * sessionShare });
  // The oldest slot that is not sorted yet; neither are those after it.
  let unsorted: Slot | undefined;
  const levelOf = ({ rank }: Slot): number => (dropPolicy === "least-severe" ? rank : 0);

  function sort(count: number): void {
    for (let left = count; left > 0 && unsorted !== undefined; left--) {
      unsorted.place = shelve(all, unsorted, levelOf(unsorted));
      groups.add(unsorted, levelOf(unsorted));
      unsorted = unsorted.after;
    }
  }
  // Nothing as severe as the newcomer, and with `newest` nothing at all.
  function lessImportant(shelves: Shelves, newcomer: Slot, shortage: Shortage): readonly Slot[] | undefined {
    if (dropPolicy === "newest") return undefined;
    return pick(shelves, dropPolicy === "oldest" ? 0 : newcomer.rank + 1, shortage);
  }
  // A flood gives way to an equal too, but nothing more severe than the newcomer.
  function fromFlood(newcomer: Slot, shortage: Shortage): readonly Slot[] | undefined {
    const flood = groups.flood();
    return flood && pick(flood, levelOf(newcomer), shortage, dropPolicy === "newest");
  }

  return {
    add: (slot, crowded) => {
      unsorted ??= slot;
      if (crowded) sort(SORTED_PER_OFFER);
    },
    remove: (slot) => {
      if (slot === unsorted) unsorted = slot.after;
      if (slot.place === undefined) return;
      unshelve(all, slot.place);
      slot.place = undefined;
      groups.remove(slot);
    },
    victims: (newcomer, shortage) => {
      sort(Infinity);
      const own = groups.fullGroupOf(newcomer);
      if (own !== undefined) return lessImportant(own, newcomer, shortage);
      return fromFlood(newcomer, shortage) ?? lessImportant(all, newcomer, shortage);
    },
  };
}
