import { append, createChain, type Linked, prepend, remove } from "./chain.ts";

/** Messages that were sent and are held for a replay, oldest first. */
export interface KeptMessages {
  /** Takes in messages that are younger than all others, and lets go of the oldest ones beyond the bounds. */
  readonly keep: (texts: readonly string[], bytes: number) => void;
  /** Lets go of the oldest ones until at most `maxBytes` are held. */
  readonly shrink: (maxBytes: number) => void;
  /** Takes out all of them, oldest first. */
  readonly takeAll: () => readonly string[];
}

/** What was sent at once: of each message only its text, since many small objects would keep the garbage collector busy. */
interface Chunk extends Linked<Chunk> {
  readonly texts: readonly string[];
  readonly bytes: number;
}

/** An empty store with its own bounds. */
export function createKeptMessages(maxEvents: number, maxBytes: number): KeptMessages {
  const chunks = createChain<Chunk>();
  let events = 0;
  let bytes = 0;

  function hold(chunk: Chunk, put: typeof append | typeof prepend): void {
    put(chunks, chunk);
    events += chunk.texts.length;
    bytes += chunk.bytes;
  }
  function drop(chunk: Chunk): void {
    remove(chunks, chunk);
    events -= chunk.texts.length;
    bytes -= chunk.bytes;
  }
  // Once for each chunk, so that letting go of one message at a time stays cheap.
  function split(chunk: Chunk): void {
    drop(chunk);
    for (const text of chunk.texts.toReversed()) hold(chunkOf([text], Buffer.byteLength(text)), prepend);
  }
  function shrink(limit: number): void {
    for (let first = chunks.first; first !== undefined && (bytes > limit || events > maxEvents); first = chunks.first) {
      const allOfIt = bytes - first.bytes >= limit || events - first.texts.length >= maxEvents;
      if (allOfIt || first.texts.length === 1) drop(first);
      else split(first);
    }
  }

  return {
    keep: (texts, size) => {
      if (texts.length === 0) return;
      hold(chunkOf(texts, size), append);
      shrink(maxBytes);
    },
    shrink,
    takeAll: () => {
      const texts: string[] = [];
      for (let chunk = chunks.first; chunk !== undefined; chunk = chunks.first) {
        for (const text of chunk.texts) texts.push(text);
        drop(chunk);
      }
      return texts;
    },
  };
}

function chunkOf(texts: readonly string[], bytes: number): Chunk {
  return { texts, bytes, before: undefined, after: undefined };
}
