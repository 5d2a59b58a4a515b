/** The links by which an item hangs in one chain. Only the functions here write them. */
export interface Linked<T> {
  before: T | undefined;
  after: T | undefined;
}

/** A list whose items carry their own links: every step costs the same at any length, and what left it is let go. */
export interface Chain<T extends Linked<T>> {
  first: T | undefined;
  last: T | undefined;
}

/** An empty chain. */
export function createChain<T extends Linked<T>>(): Chain<T> {
  return { first: undefined, last: undefined };
}

/** Adds an item that hangs in no chain. */
export function append<T extends Linked<T>>(chain: Chain<T>, item: T): void {
  item.before = chain.last;
  item.after = undefined;
  if (chain.last === undefined) chain.first = item;
  else chain.last.after = item;
  chain.last = item;
}

/** Adds an item that hangs in no chain before all others. */
export function prepend<T extends Linked<T>>(chain: Chain<T>, item: T): void {
  item.before = undefined;
  item.after = chain.first;
  if (chain.first === undefined) chain.last = item;
  else chain.first.before = item;
  chain.first = item;
}

/** Takes out an item that hangs in this chain. */
export function remove<T extends Linked<T>>(chain: Chain<T>, item: T): void {
  if (item.before === undefined) chain.first = item.after;
  else item.before.after = item.after;
  if (item.after === undefined) chain.last = item.before;
  else item.after.before = item.before;
  item.before = undefined;
  item.after = undefined;
}
