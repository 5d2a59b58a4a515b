// Fails when the exporter became slower than the figures in baseline.json allow. With --keep, writes them anew.
import { readFileSync, writeFileSync } from "node:fs";
import { findRegressions, type Ratios } from "./find-regressions.ts";
import { measureRatios } from "./measure-ratios.ts";

// Under load, the same code was seen to vary by a quarter.
const MARGIN = 1.6;
const file = new URL("../baseline.json", import.meta.url);

const kept = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, Ratios>>;
const major = process.versions.node.split(".")[0] ?? "";
const ratios = await measureRatios();
for (const [name, ratio] of Object.entries(ratios)) {
  const before = kept[major]?.[name]?.toFixed(2) ?? "nothing kept";
  console.log(`${name}: ${ratio.toFixed(2)} × JSON.stringify, kept for Node ${major}: ${before}`);
}
if (process.argv.includes("--keep")) {
  const rounded = Object.fromEntries(Object.entries(ratios).map(([name, ratio]) => [name, Number(ratio.toFixed(2))]));
  writeFileSync(file, `${JSON.stringify({ ...kept, [major]: rounded }, null, 2)}\n`);
} else {
  const regressions = findRegressions(ratios, kept[major] ?? {}, MARGIN);
  for (const regression of regressions) console.error(`slower: ${regression}`);
  process.exitCode = regressions.length === 0 ? 0 : 1;
}
