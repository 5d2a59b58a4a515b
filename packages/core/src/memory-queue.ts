import { append, createChain, prepend, remove } from "./chain.ts";
import { createEvictableSlots } from "./evictable-slots.ts";
import { createKeptMessages } from "./kept-messages.ts";
import { type Message } from "./message.ts";
import { type QueueLimits, resolveQueueLimits } from "./queue-limits.ts";
import { type Queue } from "./queue.ts";
import { createSlot, type Slot } from "./slot.ts";

const NOTHING: readonly Message[] = Object.freeze([]);

/**
 * A queue in memory. Every step costs the same at any length. A message larger than the queue is refused; messages kept
 * for a replay take at most a quarter of the bytes and give way to new ones. Throws `OptionError` for bad limits.
 */
export function memoryQueue(limits: QueueLimits = {}): Queue {
  const resolved = resolveQueueLimits(limits);
  const { maxEvents, maxBytes } = resolved;
  const waiting = createChain<Slot>();
  const kept = createKeptMessages(maxEvents, Math.floor(maxBytes / 4));
  const evictable = createEvictableSlots(resolved);
  // Everything before it is under way or came back for a replay; everything from it on may be pushed out.
  let firstEvictable: Slot | undefined;
  let size = 0;
  let bytes = 0;
  let replays = 0;

  function shield(slot: Slot): void {
    evictable.remove(slot);
    if (slot === firstEvictable) firstEvictable = slot.after;
  }
  function take(slot: Slot): void {
    remove(waiting, slot);
    size -= 1;
    bytes -= slot.bytes;
  }
  function makeRoom(slot: Slot): readonly Message[] | undefined {
    // Replays are no new load: an outage must not cost events because what was sent before it came back.
    const shortage = { events: size - replays + 1 - maxEvents, bytes: bytes + slot.bytes - maxBytes };
    if (shortage.events <= 0 && shortage.bytes <= 0) return NOTHING;
    const victims = evictable.victims(slot, shortage);
    for (const victim of victims ?? []) {
      shield(victim);
      take(victim);
    }
    return victims?.map((victim) => victim.message);
  }

  return {
    get size() {
      return size;
    },
    get bytes() {
      return bytes;
    },
    get kept() {
      return kept.size;
    },
    offer: (message) => {
      const slot = createSlot(message);
      const evicted = slot.bytes > maxBytes ? undefined : makeRoom(slot);
      if (evicted === undefined) return "refused";
      append(waiting, slot);
      firstEvictable ??= slot;
      size += 1;
      bytes += slot.bytes;
      evictable.add(slot, size > maxEvents / 2 || bytes > maxBytes / 2);
      kept.shrink(maxEvents, maxBytes - bytes);
      return evicted;
    },
    peek: (maxCount, maxBatchBytes) => {
      const texts: string[] = [];
      let total = 0;
      for (let slot = waiting.first; slot !== undefined && texts.length < maxCount; slot = slot.after) {
        total += slot.bytes;
        if (texts.length > 0 && total > maxBatchBytes) break;
        texts.push(slot.message.text);
        if (slot === firstEvictable) shield(slot);
      }
      return texts;
    },
    release: (count, keep = false) => {
      for (let left = count; left > 0; left--) {
        const slot = waiting.first;
        if (slot === undefined || slot === firstEvictable) break;
        take(slot);
        if (replays > 0) replays -= 1;
        if (keep) kept.keep(slot.message.text, slot.bytes);
      }
    },
    keepYoungest: (count) => {
      kept.shrink(count, maxBytes);
    },
    rewind: () => {
      const texts = kept.takeAll();
      for (const text of texts.toReversed()) {
        const slot = createSlot({ text, severity: 0 });
        prepend(waiting, slot);
        size += 1;
        bytes += slot.bytes;
      }
      replays += texts.length;
      return texts.length;
    },
  };
}
