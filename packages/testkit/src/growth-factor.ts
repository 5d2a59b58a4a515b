const SHORT = 12_500;
const GROWTH = 16;
const MOST_TURNS = 3;
// Below this a clock tells more about the machine than about the function.
const LEAST_MS = 2;
// No collection of garbage takes this long.
const NO_ACCIDENT_MS = 2_000;

/**
 * How many times as long `run` takes for 200,000 characters as for 12,500, both made of `piece` and one last character that
 * fits nowhere: about 16 when its time is linear, 256 when it is quadratic. A factor above 32 is measured up to three times, and
 * the least of them counts: a collection of garbage falls now into one measurement and now into another.
 */
export function growthFactor(run: (text: string) => unknown, piece: string): number {
  const short = longText(piece, SHORT);
  const long = longText(piece, GROWTH * SHORT);
  let factor = Infinity;
  for (let turn = 0; turn < MOST_TURNS && factor > 2 * GROWTH; turn++) {
    const shortMs = Math.max(LEAST_MS, measuredMs(run, short));
    const longMs = measuredMs(run, long);
    factor = Math.min(factor, longMs / shortMs);
    if (longMs > NO_ACCIDENT_MS) break;
  }
  return factor;
}

function longText(piece: string, length: number): string {
  return `${piece.repeat(Math.ceil(length / piece.length))}\u0001`;
}

function measuredMs(run: (text: string) => unknown, text: string): number {
  const start = performance.now();
  run(text);
  return performance.now() - start;
}
