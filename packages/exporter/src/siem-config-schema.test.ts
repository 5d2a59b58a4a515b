import { toJsonSchema } from "@valibot/to-json-schema";
import { expect, test } from "vitest";
import { environmentSettings } from "./environment-settings.ts";
import { siemConfigSchema } from "./siem-config-schema.ts";
import { targetPaths } from "./target-settings.ts";

const document = {
  title: "ClawMetry SIEM export",
  description: "The object under `siem` of a configuration file.",
  ...toJsonSchema(siemConfigSchema, { typeMode: "input" }),
  oneOf: [{ required: ["host"] }, { required: ["targets"] }],
};

// `npx vitest run --project unit packages/exporter -u` writes the file anew.
test("docs/siem-config.schema.json is what the schema says", async () => {
  const text = JSON.stringify(document, null, 2).replace(
    /^( *"\w+": )\[\n\s+([^[\]{}]*?)\n\s+\]/gm,
    (list, start: string, items: string) => {
      const line = `${start}[${items.replace(/\n\s+/g, " ")}]`;
      return line.length < 120 ? line : list;
    },
  );
  await expect(`${text}\n`).toMatchFileSnapshot("../../../docs/siem-config.schema.json");
});

function pathsOf(properties: unknown): readonly string[] {
  const { tls, ...fields } = properties as Record<string, { readonly properties?: object }>;
  return [...Object.keys(fields), ...Object.keys(tls?.properties ?? {}).map((key) => `tls.${key}`)];
}

test("the schema has exactly the settings that have a variable, and targets", () => {
  const paths = pathsOf(document.properties);
  expect(paths.filter((path) => path !== "targets")).toEqual(environmentSettings.map(({ path }) => path));
  expect(paths).toContain("targets");
});

test("a target has every setting that describes one destination", () => {
  const { targets } = document.properties as { targets: { items: { properties: unknown } } };
  expect(pathsOf(targets.items.properties)).toEqual(targetPaths);
});
