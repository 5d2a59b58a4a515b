// Global setup of the fault tests: gathers what they report, prints it as a table in the end, and writes it to the file
// that FAULT_TABLE names: as JSON when that ends in .json, else as Markdown.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatTable } from "./format-table.mjs";

/** The tests, which run in processes of their own, find the file in their environment. Gives what ends it. */
export function setup() {
  const folder = mkdtempSync(join(tmpdir(), "siem-fault-table-"));
  const file = join(folder, "rows");
  process.env.FAULT_ROWS = file;
  return () => {
    const text = existsSync(file) ? readFileSync(file, "utf8") : "";
    rmSync(folder, { recursive: true });
    show(
      text
        .split("\n")
        .filter((line) => line !== "")
        .map((line) => JSON.parse(line)),
    );
  };
}

function show(rows) {
  console.log(`\n${formatTable(rows)}\n`);
  const file = process.env.FAULT_TABLE;
  if (file) writeFileSync(file, `${file.endsWith(".json") ? JSON.stringify(rows, null, 2) : formatTable(rows)}\n`);
}
