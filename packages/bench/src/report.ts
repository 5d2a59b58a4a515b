/** What a benchmark found, as one table. */
export interface Report {
  readonly title: string;
  /** What stands above the table: what was done, and how often. */
  readonly about: string;
  /** Names of the columns, with their units. The first names the rows. */
  readonly columns: readonly string[];
  readonly rows: readonly ReportRow[];
}

/** One cell for each column. A number that was not measured is null. */
export type ReportRow = readonly [name: string, ...values: (number | string | null)[]];

/** Gives a report to the process that started the benchmark, or prints it when there is none. */
export function publish(report: Report): void {
  if (process.send === undefined) console.log(toMarkdown(report));
  else process.send(report);
}

/** Writes a report as Markdown. */
export function toMarkdown({ title, about, columns, rows }: Report): string {
  const lines = [
    columns,
    columns.map((_, index) => (index === 0 ? "---" : "---:")),
    ...rows.map((row) => row.map(show)),
  ];
  return [`### ${title}`, "", about, "", ...lines.map((cells) => `| ${cells.join(" | ")} |`), ""].join("\n");
}

function show(value: number | string | null): string {
  if (value === null) return "–";
  if (typeof value === "string") return value;
  const digits = Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
