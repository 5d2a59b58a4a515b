import { type Report } from "./report.ts";

/** All that one run found, as BENCH_JSON holds it. */
export interface Figures {
  /** Version of Node.js. */
  readonly node: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly reports: readonly Report[];
}

/** The number in a cell. NaN when there is none. */
export function figureAt({ reports }: Figures, title: string, row: string, column: string): number {
  return figuresIn({ reports }, title, column).get(row) ?? NaN;
}

/** The numbers of a column, by row. */
export function figuresIn(
  { reports }: Pick<Figures, "reports">,
  title: string,
  column: string,
): ReadonlyMap<string, number> {
  const report = reports.find((one) => one.title === title);
  const index = report?.columns.indexOf(column) ?? -1;
  const numbers = new Map<string, number>();
  for (const row of report?.rows ?? []) {
    const value = row[index];
    if (typeof value === "number") numbers.set(row[0], value);
  }
  return numbers;
}
