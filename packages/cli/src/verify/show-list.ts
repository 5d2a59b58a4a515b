/** As many of a kind are shown. */
export const MOST_SHOWN = 20;

/** A title with the count, and an indented line for each of the first 20 items. Nothing for an empty list. */
export function* showList<Item>(
  title: string | undefined,
  items: readonly Item[],
  show: (item: Item) => string,
): Generator<string> {
  if (items.length === 0) return;
  if (title !== undefined) yield `  ${title}: ${items.length}`;
  for (const item of items.slice(0, MOST_SHOWN)) yield `    ${show(item)}`;
  if (items.length > MOST_SHOWN) yield `    … and ${items.length - MOST_SHOWN} more (--json has all)`;
}
