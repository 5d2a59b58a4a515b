import { type DropPolicy } from "./queue-limits.ts";
import { SEVERITY_RANKS } from "./severity-rank.ts";
import { type Slot } from "./slot.ts";

/** How much has to go before a message fits. Nothing, when both are 0 or less. */
export interface Shortage {
  readonly events: number;
  readonly bytes: number;
}

/** The slots that may be pushed out: they were never peeked, and nothing younger than them was. */
export interface EvictableSlots {
  /** Takes in a slot that is younger than all others. */
  readonly add: (slot: Slot) => void;
  /** Takes out a slot that is the oldest of its rank. */
  readonly remove: (slot: Slot) => void;
  /** What `policy` gives up for a message of `rank`, in the order of removal. Undefined when that is not enough. */
  readonly victims: (policy: DropPolicy, rank: number, shortage: Shortage) => readonly Slot[] | undefined;
}

interface Shelf {
  first: Slot | undefined;
  last: Slot | undefined;
  events: number;
  bytes: number;
}

/** Sorts slots by severity, so that a victim is found without a search. */
export function createEvictableSlots(oldest: () => Slot | undefined): EvictableSlots {
  const shelves = Array.from({ length: SEVERITY_RANKS }, (): Shelf => {
    return { first: undefined, last: undefined, events: 0, bytes: 0 };
  });
  const shelfOf = (rank: number): Shelf => shelves[rank] as Shelf;

  return {
    add: (slot) => {
      const shelf = shelfOf(slot.rank);
      if (shelf.last === undefined) shelf.first = slot;
      else shelf.last.nextOfRank = slot;
      shelf.last = slot;
      shelf.events += 1;
      shelf.bytes += slot.bytes;
    },
    remove: (slot) => {
      const shelf = shelfOf(slot.rank);
      shelf.first = slot.nextOfRank;
      if (shelf.first === undefined) shelf.last = undefined;
      slot.nextOfRank = undefined;
      shelf.events -= 1;
      shelf.bytes -= slot.bytes;
    },
    victims: (policy, rank, shortage) => {
      if (policy === "newest") return undefined;
      const lowest = policy === "oldest" ? 0 : rank + 1;
      // Decided from the sums, so that a hopeless offer costs no walk.
      if (!covers(shelves.slice(lowest), shortage)) return undefined;
      if (policy === "oldest") return collect([oldest()], (slot) => slot.after, shortage);
      const fronts = shelves.slice(lowest).map((shelf) => shelf.first);
      return collect(fronts.reverse(), (slot) => slot.nextOfRank, shortage);
    },
  };
}

function covers(shelves: readonly Shelf[], shortage: Shortage): boolean {
  let { events, bytes } = shortage;
  for (const shelf of shelves) {
    events -= shelf.events;
    bytes -= shelf.bytes;
  }
  return events <= 0 && bytes <= 0;
}

function collect(
  fronts: readonly (Slot | undefined)[],
  next: (slot: Slot) => Slot | undefined,
  shortage: Shortage,
): readonly Slot[] {
  let { events, bytes } = shortage;
  const victims: Slot[] = [];
  for (const front of fronts) {
    for (let slot = front; slot !== undefined && (events > 0 || bytes > 0); slot = next(slot)) {
      victims.push(slot);
      events -= 1;
      bytes -= slot.bytes;
    }
  }
  return victims;
}
