import { toJsonSchema } from "@valibot/to-json-schema";
import { expect, test } from "vitest";
import { environmentSettings } from "./environment-settings.ts";
import { siemConfigSchema } from "./siem-config-schema.ts";

const document = {
  title: "ClawMetry SIEM export",
  description: "The object under `siem` of a configuration file.",
  ...toJsonSchema(siemConfigSchema, { typeMode: "input" }),
};

// `npx vitest run --project unit packages/exporter -u` writes the file anew.
test("docs/siem-config.schema.json is what the schema says", async () => {
  const text = JSON.stringify(document, null, 2).replace(
    /\[\n\s+([^[\]{}]{0,70}?)\n\s+\]/g,
    (_list, items: string) => `[${items.replace(/\n\s+/g, " ")}]`,
  );
  await expect(`${text}\n`).toMatchFileSnapshot("../../../docs/siem-config.schema.json");
});

test("the schema has exactly the settings that have a variable", () => {
  const { tls, ...fields } = document.properties as Record<string, { properties?: object }>;
  const paths = [...Object.keys(fields), ...Object.keys(tls?.properties ?? {}).map((key) => `tls.${key}`)];
  expect(paths).toEqual(environmentSettings.map(({ path }) => path));
});
