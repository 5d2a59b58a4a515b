/** The links by which an item hangs in one chain. Only the chain writes them. */
export interface Linked<T> {
  before: T | undefined;
  after: T | undefined;
}

/** A list whose items carry their own links: every step costs the same at any length, and what left it is let go. */
export interface Chain<T extends Linked<T>> {
  readonly first: T | undefined;
  readonly last: T | undefined;
  readonly append: (item: T) => void;
  readonly prepend: (item: T) => void;
  /** Takes out an item that hangs in this chain. */
  readonly remove: (item: T) => void;
}

/** An empty chain. */
export function createChain<T extends Linked<T>>(): Chain<T> {
  let first: T | undefined;
  let last: T | undefined;
  return {
    get first() {
      return first;
    },
    get last() {
      return last;
    },
    append: (item) => {
      item.before = last;
      item.after = undefined;
      if (last === undefined) first = item;
      else last.after = item;
      last = item;
    },
    prepend: (item) => {
      item.before = undefined;
      item.after = first;
      if (first === undefined) last = item;
      else first.before = item;
      first = item;
    },
    remove: (item) => {
      if (item.before === undefined) first = item.after;
      else item.before.after = item.after;
      if (item.after === undefined) last = item.before;
      else item.after.before = item.before;
      item.before = undefined;
      item.after = undefined;
    },
  };
}
