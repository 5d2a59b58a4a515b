import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

/** Every package that a file of ours loads, itself or through another file of ours. Types are not loaded. */
async function packagesOf(url: URL, seen: Set<string> = new Set<string>()): Promise<ReadonlySet<string>> {
  if (seen.has(url.href)) return new Set();
  seen.add(url.href);
  const names = [...(await readFile(url, "utf8")).matchAll(/^(?:import|export) (?!type)[^;]*?from "([^"]+)";/gms)];
  const packages = new Set<string>();
  for (const [, name = ""] of names) {
    if (!name.startsWith(".")) packages.add(name);
    else for (const other of await packagesOf(new URL(name, url), seen)) packages.add(other);
  }
  return packages;
}

test.each(["index.ts", "opentelemetry.ts"])("%s loads no library for metrics", async (file) => {
  const packages = await packagesOf(new URL(file, import.meta.url));
  expect([...packages].filter((name) => name.startsWith("@opentelemetry/") || name === "prom-client")).toEqual([]);
});

test("prometheus.ts loads prom-client, which is all that it needs from outside", async () => {
  const packages = await packagesOf(new URL("prometheus.ts", import.meta.url));
  expect([...packages]).toEqual(["prom-client"]);
});
