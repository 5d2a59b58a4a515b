/** Writes the rows of the fault tests as a table of Markdown, with every column as wide as its widest cell. */
export function formatTable(rows) {
  const columns = ["fault", "receiver", "transport", "accepted", "lost", "duplicates", "told"];
  const numeric = new Set(columns.slice(3));
  const widths = columns.map((column) => Math.max(column.length, 3, ...rows.map((row) => String(row[column]).length)));
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const pad = (text, index) =>
    numeric.has(columns[index]) ? String(text).padStart(widths[index]) : String(text).padEnd(widths[index]);
  const rule = (column, index) =>
    numeric.has(column) ? `${"-".repeat(widths[index] - 1)}:` : "-".repeat(widths[index]);
  return [
    line(columns.map(pad)),
    line(columns.map(rule)),
    ...rows.map((row) => line(columns.map((column, index) => pad(row[column], index)))),
  ].join("\n");
}
