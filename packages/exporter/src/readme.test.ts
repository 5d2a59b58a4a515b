import { readFile } from "node:fs/promises";
import { describeReadme } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { environmentSettings } from "./environment-settings.ts";

const packageUrl = new URL("../", import.meta.url);

await describeReadme(packageUrl);

test("the table of README.md has every variable with its field, in order", async () => {
  const readme = await readFile(new URL("README.md", packageUrl), "utf8");
  const rows = [...readme.matchAll(/^\| (CLAWMETRY_SIEM_\w+) +\| (\S+) +\|/gm)];
  expect(rows.map(([, variable, path]) => ({ variable, path }))).toEqual(
    environmentSettings.map(({ variable, path }) => ({ variable, path })),
  );
});
