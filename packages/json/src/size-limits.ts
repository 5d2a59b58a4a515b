/** How much of an event is written: made smaller until it fits. */
export interface SizeLimits {
  /** Characters of a text, the mark included. */
  readonly maxText: number;
  /** Entries of an array or object below the top of the event. */
  readonly maxEntries: number;
  /** Characters of an id other than the event's own. */
  readonly maxId: number;
}

export const noLimits: SizeLimits = { maxText: Infinity, maxEntries: Infinity, maxId: Infinity };

/** What is left when nothing more can be cut. */
export const leastLimits: SizeLimits = { maxText: 1, maxEntries: 0, maxId: 8 };

// Far under the 64 characters is where ids still tell events apart when every character takes six bytes.
const ID_LENGTHS = [Infinity, 64, 32, 16, leastLimits.maxId];
const SHORT_TEXT_LENGTH = 16;

/**
 * Finds about the largest limits with which `write` gives a result: texts are shortened first, the longest first; then lists
 * lose their last entries; then ids are cut to 64 characters, and if need be to as few as 8. Undefined when nothing helps.
 *
 * `write` gives undefined when the result is too long, and must give up as soon as it knows: it is tried some 30 times.
 */
export function writeWithinLimits(
  write: (limits: SizeLimits) => string | undefined,
  maxLength: number,
): string | undefined {
  for (const maxId of ID_LENGTHS) {
    const allEntries = largest(1, maxLength, (maxText) => write({ maxText, maxEntries: Infinity, maxId }));
    if (allEntries !== undefined) return allEntries.result;
    const someEntries = largest(0, maxLength, (maxEntries) => write({ maxText: SHORT_TEXT_LENGTH, maxEntries, maxId }));
    const { value: maxEntries, least } =
      someEntries === undefined ? { value: 0, least: 1 } : { ...someEntries, least: SHORT_TEXT_LENGTH };
    const longerTexts = largest(least, maxLength, (maxText) => write({ maxText, maxEntries, maxId }));
    if (longerTexts !== undefined) return longerTexts.result;
  }
  return undefined;
}

interface Found {
  readonly value: number;
  readonly result: string;
}

// Bisects until the next step could win no more than a part in 32.
function largest(least: number, most: number, attempt: (value: number) => string | undefined): Found | undefined {
  let best = found(least, attempt(least));
  let low = least;
  let high = most;
  while (best !== undefined && high - low > low / 32) {
    const middle = Math.ceil((low + high) / 2);
    const next = found(middle, attempt(middle));
    if (next === undefined) high = middle - 1;
    else {
      best = next;
      low = middle;
    }
  }
  return best;
}

function found(value: number, result: string | undefined): Found | undefined {
  return result === undefined ? undefined : { value, result };
}
