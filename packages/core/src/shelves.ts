import { append, type Chain, createChain, remove } from "./chain.ts";
import { type Place, type Slot } from "./slot.ts";

/** How much has to go before a message fits. Nothing, when both are 0 or less. */
export interface Shortage {
  readonly events: number;
  readonly bytes: number;
}

interface Shelf extends Chain<Place> {
  events: number;
  bytes: number;
}

/** Slots sorted into levels, in each of them by age, so that a victim is found without a search. */
export interface Shelves {
  readonly levels: (Shelf | undefined)[];
  events: number;
  bytes: number;
}

/** Shelves without a slot. */
export function createShelves(): Shelves {
  return { levels: [], events: 0, bytes: 0 };
}

/** Puts a slot that is younger than all others on a level. */
export function shelve(shelves: Shelves, slot: Slot, level: number): Place {
  const place: Place = { slot, level, before: undefined, after: undefined };
  const shelf = (shelves.levels[level] ??= { ...createChain<Place>(), events: 0, bytes: 0 });
  append(shelf, place);
  shelf.events += 1;
  shelf.bytes += slot.bytes;
  shelves.events += 1;
  shelves.bytes += slot.bytes;
  return place;
}

/** Takes out what lies at a place of these shelves. */
export function unshelve(shelves: Shelves, place: Place): void {
  const shelf = shelves.levels[place.level];
  if (shelf === undefined) return;
  remove(shelf, place);
  shelf.events -= 1;
  shelf.bytes -= place.slot.bytes;
  shelves.events -= 1;
  shelves.bytes -= place.slot.bytes;
}

/**
 * As many slots as cover the shortage, from the highest level down to `lowest`, on each level the oldest first, or the
 * youngest. Undefined when all of them are not enough. Takes nothing out.
 */
export function pick(
  shelves: Shelves,
  lowest: number,
  shortage: Shortage,
  youngest = false,
): readonly Slot[] | undefined {
  // Decided from the sums, so that a hopeless offer costs no walk.
  if (!covers(shelves.levels, lowest, shortage)) return undefined;
  let { events, bytes } = shortage;
  const picked: Slot[] = [];
  for (let level = shelves.levels.length - 1; level >= lowest; level--) {
    const shelf = shelves.levels[level];
    let place = youngest ? shelf?.last : shelf?.first;
    while (place !== undefined && (events > 0 || bytes > 0)) {
      picked.push(place.slot);
      events -= 1;
      bytes -= place.slot.bytes;
      place = youngest ? place.before : place.after;
    }
  }
  return picked;
}

function covers(levels: readonly (Shelf | undefined)[], lowest: number, shortage: Shortage): boolean {
  let { events, bytes } = shortage;
  for (let level = lowest; level < levels.length; level++) {
    events -= levels[level]?.events ?? 0;
    bytes -= levels[level]?.bytes ?? 0;
  }
  return events <= 0 && bytes <= 0;
}
