/** Costs as multiples of that of JSON.stringify, by what was measured. */
export type Ratios = Readonly<Record<string, number>>;

/** What costs more than `margin` times what it did, one line each. What was never kept is no regression. */
export function findRegressions(measured: Ratios, kept: Ratios, margin: number): readonly string[] {
  return Object.entries(measured).flatMap(([name, ratio]) => {
    const before = kept[name];
    if (before === undefined || ratio <= before * margin) return [];
    return [
      `${name}: ${ratio.toFixed(2)} × JSON.stringify, was ${before.toFixed(2)}; allowed: ${(before * margin).toFixed(2)}`,
    ];
  });
}
