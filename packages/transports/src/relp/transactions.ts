/** The transaction numbers of one session. */
export interface Transactions {
  /** The next one to be used. */
  readonly next: number;
  /** Takes the next `count` numbers and gives the first of them. */
  readonly use: (count: number) => number;
  /** Whether the session has used it, be it long ago. */
  readonly isUsed: (transaction: number) => boolean;
  /** How many numbers `transaction` comes after `first`. */
  readonly distance: (first: number, transaction: number) => number;
}

const COUNT = 999_999_999;

/** Numbers from 1 to 999999999, each one more than the one before, and 1 again after the last. `last`: used already. */
export function createTransactions(last = 1): Transactions {
  let used = last;
  let next = after(last, 1);

  function distance(first: number, transaction: number): number {
    return (transaction - first + COUNT) % COUNT;
  }

  return {
    get next() {
      return next;
    },
    use: (count) => {
      const first = next;
      next = after(next, count);
      used = Math.min(COUNT, used + count);
      return first;
    },
    isUsed: (transaction) => distance(transaction, next) - 1 < used && transaction !== next,
    distance,
  };
}

function after(transaction: number, count: number): number {
  return ((transaction - 1 + count) % COUNT) + 1;
}
