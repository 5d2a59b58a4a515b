// Fewer letters begin too much.
const LEAST_BEGINNING = 3;

/**
 * The name that was probably meant: of those that one or two typing mistakes lead to, the nearest, else the only one that
 * begins with what was given. In any case of letters.
 */
export function closestName(given: string, names: readonly string[]): string | undefined {
  const text = given.toLowerCase();
  let best: string | undefined;
  let least = Infinity;
  for (const name of names) {
    const mistakes = countMistakes(text, name.toLowerCase());
    // Two mistakes in a short word make another word.
    if (mistakes > (name.length <= 5 ? 1 : 2) || mistakes >= least) continue;
    best = name;
    least = mistakes;
  }
  return best ?? onlyCompletion(text, names);
}

function onlyCompletion(text: string, names: readonly string[]): string | undefined {
  if (text.length < LEAST_BEGINNING) return undefined;
  const [first, ...others] = names.filter((name) => name.toLowerCase().startsWith(text));
  return others.length === 0 ? first : undefined;
}

// Letters missing, added, wrong, or two that changed places (optimal string alignment distance).
function countMistakes(given: string, name: string): number {
  if (Math.abs(given.length - name.length) > 2) return Infinity;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: name.length + 1 }, (_, column) => column);
  for (let row = 1; row <= given.length; row++) {
    const current = [row];
    for (let column = 1; column <= name.length; column++) {
      const same = given[row - 1] === name[column - 1];
      const changed = at(last, column - 1) + (same ? 0 : 1);
      const swapped = given[row - 1] === name[column - 2] && given[row - 2] === name[column - 1];
      current.push(
        Math.min(
          changed,
          at(last, column) + 1,
          at(current, column - 1) + 1,
          swapped ? at(beforeLast, column - 2) + 1 : Infinity,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, name.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
