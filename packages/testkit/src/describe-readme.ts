import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { format } from "node:util";
import { describe, expect, test, vi } from "vitest";

const PRINTS = "// prints:\n";

/**
 * Registers the tests that keep a package's README true. For each `examples/*.ts` under `packageUrl` (the folder, with
 * a slash at the end): it runs, its `console.log` lines are those of the comment block `// prints:` that ends the file,
 * and README.md shows the file verbatim in a fence marked `ts`. Rejects when there is no example or no README.
 */
export async function describeReadme(packageUrl: URL): Promise<void> {
  const readme = await readFile(new URL("README.md", packageUrl), "utf8");
  const names = (await readdir(new URL("examples/", packageUrl))).filter((name) => name.endsWith(".ts")).sort();
  if (names.length === 0) throw new Error(`no examples/*.ts in ${packageUrl.pathname}`);

  describe.each(names)("examples/%s", (name) => {
    const url = new URL(`examples/${name}`, packageUrl);

    test("prints what its last comment says", async () => {
      const expected = promisedLines(await readFile(url, "utf8"));
      expect(await printedLines(url)).toEqual(expected);
    });

    test("is in README.md as it is", async () => {
      expect(readme).toContain("```ts\n" + (await readFile(url, "utf8")) + "```\n");
    });
  });
}

/** The lines of the comment block after `// prints:`, which ends the file. Throws when the block is missing. */
export function promisedLines(source: string): readonly string[] {
  const start = source.lastIndexOf(PRINTS);
  if (start === -1) throw new Error("the example has no comment block that starts with // prints:");
  const lines = source
    .slice(start + PRINTS.length)
    .trimEnd()
    .split("\n");
  const code = lines.find((line) => !line.startsWith("//"));
  if (code !== undefined) throw new Error("the comment block // prints: must end the example");
  return lines.map((line) => line.replace(/^\/\/ ?/, ""));
}

// In this process, not a child: Vitest's module runner strips types and resolves sources on every Node version.
async function printedLines(url: URL): Promise<readonly string[]> {
  const lines: string[] = [];
  const log = vi.spyOn(console, "log").mockImplementation((...values: unknown[]) => {
    lines.push(...format(...values).split("\n"));
  });
  try {
    await import(/* @vite-ignore */ fileURLToPath(url));
  } finally {
    log.mockRestore();
  }
  return lines;
}
