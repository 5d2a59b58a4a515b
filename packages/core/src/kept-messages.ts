import { Buffer } from "node:buffer";

/** Messages that were sent and are held for a replay, oldest first. */
export interface KeptMessages {
  readonly size: number;
  /** Takes in a message that is younger than all others, and lets go of the oldest ones beyond the bounds. */
  readonly keep: (text: string, bytes: number) => void;
  /** Lets go of the oldest ones until at most `maxEvents` of at most `maxBytes` together are held. */
  readonly shrink: (maxEvents: number, maxBytes: number) => void;
  /** Takes out all of them, oldest first. */
  readonly takeAll: () => readonly string[];
}

/** Messages one after the other, in UTF-8. */
interface Page {
  readonly memory: Buffer;
  /** In bytes, also of those that were let go. */
  readonly lengths: number[];
  /** The oldest one held, and where it starts. */
  first: number;
  start: number;
  /** Where the next one starts. */
  end: number;
}

const PAGE_BYTES = 65_536;

/**
 * An empty store with its own bounds. It holds bytes, in a few pages that are used again: as strings, all that is sent would
 * live just long enough to be moved about by the garbage collector. A lone surrogate comes back as U+FFFD, as it is sent.
 */
export function createKeptMessages(maxEvents: number, maxBytes: number): KeptMessages {
  let pages: Page[] = [];
  let spare: Buffer | undefined;
  let events = 0;
  let bytes = 0;

  function pageFor(size: number): Page {
    const last = pages.at(-1);
    if (last !== undefined && last.end + size <= last.memory.length) return last;
    const memory = size <= PAGE_BYTES ? (spare ?? Buffer.allocUnsafeSlow(PAGE_BYTES)) : Buffer.allocUnsafeSlow(size);
    if (memory === spare) spare = undefined;
    const page = { memory, lengths: [], first: 0, start: 0, end: 0 };
    pages.push(page);
    return page;
  }
  function dropOldest(page: Page): void {
    const length = page.lengths[page.first] ?? 0;
    page.first += 1;
    page.start += length;
    events -= 1;
    bytes -= length;
    if (page.first < page.lengths.length) return;
    pages.shift();
    if (page.memory.length === PAGE_BYTES) spare = page.memory;
  }
  function shrink(mostEvents: number, mostBytes: number): void {
    for (let oldest = pages[0]; oldest !== undefined && (bytes > mostBytes || events > mostEvents); oldest = pages[0]) {
      dropOldest(oldest);
    }
  }

  return {
    get size() {
      return events;
    },
    keep: (text, size) => {
      const page = pageFor(size);
      const length = page.memory.write(text, page.end);
      page.lengths.push(length);
      page.end += length;
      events += 1;
      bytes += length;
      shrink(maxEvents, maxBytes);
    },
    shrink,
    takeAll: () => {
      const texts = pages.flatMap(readPage);
      pages = [];
      events = bytes = 0;
      return texts;
    },
  };
}

function readPage({ memory, lengths, first, start }: Page): readonly string[] {
  let end = start;
  return lengths.slice(first).map((length) => memory.toString("utf8", end, (end += length)));
}
