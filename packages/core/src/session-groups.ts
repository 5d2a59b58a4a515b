import { createShelves, shelve, type Shelves, unshelve } from "./shelves.ts";
import { type Slot } from "./slot.ts";

/** Knows how much of the queue each group takes, and who takes more than its share. */
export interface SessionGroups {
  /** Takes in a slot that is younger than all others. One without a group is charged to nobody. */
  readonly add: (slot: Slot, level: number) => void;
  readonly remove: (slot: Slot) => void;
  /** The group of a newcomer, when it would take more than its share with it. */
  readonly fullGroupOf: (slot: Slot) => Shelves | undefined;
  /** A group that takes more than its share. */
  readonly flood: () => Shelves | undefined;
}

/** What one group may take at most while others want room. */
export interface Share {
  readonly events: number;
  readonly bytes: number;
}

/** Every step costs the same, however many groups there are. A group without a slot is forgotten. */
export function createSessionGroups(share: Share): SessionGroups {
  const groups = new Map<string, Shelves>();
  // Few: as many as shares fit into a queue.
  const floods = new Set<Shelves>();

  function judge(group: Shelves): void {
    if (group.events > share.events || group.bytes > share.bytes) floods.add(group);
    else floods.delete(group);
  }
  function groupOf({ message }: Slot): Shelves | undefined {
    return message.group === undefined ? undefined : groups.get(message.group);
  }
  function groupNamed(name: string): Shelves {
    const group = groups.get(name) ?? createShelves();
    groups.set(name, group);
    return group;
  }

  return {
    add: (slot, level) => {
      const name = slot.message.group;
      if (name === undefined) return;
      const group = groupNamed(name);
      slot.groupPlace = shelve(group, slot, level);
      judge(group);
    },
    remove: (slot) => {
      const group = groupOf(slot);
      const place = slot.groupPlace;
      slot.groupPlace = undefined;
      if (group === undefined || place === undefined) return;
      unshelve(group, place);
      judge(group);
      if (group.events === 0) groups.delete(slot.message.group as string);
    },
    fullGroupOf: (slot) => {
      const group = groupOf(slot);
      if (group === undefined) return undefined;
      const full = group.events + 1 > share.events || group.bytes + slot.bytes > share.bytes;
      return full ? group : undefined;
    },
    flood: () => {
      for (const group of floods) return group;
      return undefined;
    },
  };
}
