import { readFile } from "node:fs/promises";
import { environmentSettings } from "@clawmetry/siem-exporter";
import { describeReadme } from "@clawmetry/siem-testkit";
import { expect, test } from "vitest";
import { configFlags } from "./config/config-flags.ts";

const packageUrl = new URL("../", import.meta.url);

await describeReadme(packageUrl);

test("the table of README.md has every setting with its flag, in order", async () => {
  const readme = await readFile(new URL("README.md", packageUrl), "utf8");
  const rows = [...readme.matchAll(/^\| (`--[\w-]+`|no flag) +\| `([A-Z0-9_]+)` +\|/gm)];
  expect(rows.map(([, flag, name]) => [flag, name])).toEqual(
    environmentSettings.map(({ variable }) => {
      const flag = configFlags.find((known) => known.variable === variable)?.flag;
      return [flag === undefined ? "no flag" : `\`${flag}\``, variable.replace("CLAWMETRY_SIEM_", "")];
    }),
  );
});
