// Fills docs/benchmarks.md from the files in docs/benchmarks, which BENCH_JSON wrote.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { type Figures } from "./figures.ts";
import { fillDocument } from "./fill-document.ts";

const document = new URL("../../../docs/benchmarks.md", import.meta.url);
const folder = new URL("../../../docs/benchmarks/", import.meta.url);

let text = readFileSync(document, "utf8");
for (const name of readdirSync(folder)) {
  const figures = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Figures;
  for (const what of ["targets", "tables"] as const) text = fillDocument(text, what, figures);
}
writeFileSync(document, text);
