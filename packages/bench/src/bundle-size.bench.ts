import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { publish, type ReportRow } from "./report.ts";

const BUNDLES: Readonly<Record<string, string>> = {
  formatCef: 'export { formatCef } from "@clawmetry/siem-cef";',
  "encodeCef and parseCef": 'export { encodeCef, parseCef } from "@clawmetry/siem-cef";',
  formatJson: 'export { formatJson } from "@clawmetry/siem-json";',
  "formatRfc5424 and frame": 'export { formatRfc5424, frame } from "@clawmetry/siem-syslog";',
  describeEvent: 'export { describeEvent } from "@clawmetry/siem-events";',
};

async function sizeOf(name: string, contents: string): Promise<ReportRow> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
  });
  const code = outputFiles[0]?.contents ?? new Uint8Array();
  return [`\`${name}\``, code.length / 1024, gzipSync(code, { level: 9 }).length / 1024];
}

publish({
  title: "Size in a browser",
  about: "Bundled and minified by esbuild, everything included.",
  columns: ["import", "KiB", "KiB, gzip"],
  rows: await Promise.all(Object.entries(BUNDLES).map(([name, contents]) => sizeOf(name, contents))),
});
