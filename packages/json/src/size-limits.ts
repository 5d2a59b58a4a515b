/** How much of an event is written: made smaller until it fits. */
export interface SizeLimits {
  /** Characters of a text, the mark included. */
  readonly maxText: number;
  /** Entries of an array or object below the top of the event. */
  readonly maxEntries: number;
  /** Characters of an id other than the event's own. */
  readonly maxId: number;
}

/** Everything is written. */
export const noLimits: SizeLimits = { maxText: Infinity, maxEntries: Infinity, maxId: Infinity };

/** What is left when nothing more can be cut. */
export const leastLimits: SizeLimits = { maxText: 1, maxEntries: 0, maxId: 8 };

// Far under the 64 characters is where ids still tell events apart when every character takes six bytes.
const ID_LENGTHS = [Infinity, 64, 32, 16, leastLimits.maxId];
const SHORT_TEXT_LENGTH = 16;

/**
 * Finds about the largest limits that fit, if not none: texts are shortened first, the longest first; then lists lose their last entries;
 * then ids are cut to 64 characters, and if need be to as few as 8. Undefined when nothing helps. It asks some 30 times.
 */
export function findLimits(fits: (limits: SizeLimits) => boolean, maxLength: number): SizeLimits | undefined {
  if (fits(noLimits)) return noLimits;
  for (const maxId of ID_LENGTHS) {
    const allEntries = (maxText: number): SizeLimits => ({ maxText, maxEntries: Infinity, maxId });
    const longest = largest(1, maxLength, (maxText) => fits(allEntries(maxText)));
    if (longest !== undefined) return allEntries(longest);
    const most = largest(0, maxLength, (maxEntries) => fits({ maxText: SHORT_TEXT_LENGTH, maxEntries, maxId }));
    const someEntries = (maxText: number): SizeLimits => ({ maxText, maxEntries: most ?? 0, maxId });
    const least = most === undefined ? 1 : SHORT_TEXT_LENGTH;
    const longer = largest(least, maxLength, (maxText) => fits(someEntries(maxText)));
    if (longer !== undefined) return someEntries(longer);
  }
  return undefined;
}

// Bisects until the next step could win no more than a part in 32.
function largest(least: number, most: number, fits: (value: number) => boolean): number | undefined {
  if (!fits(least)) return undefined;
  let low = least;
  let high = most;
  while (high - low > low / 32) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
