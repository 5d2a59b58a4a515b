import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { environmentSettings } from "../packages/exporter/src/environment-settings.ts";

const root = new URL("../", import.meta.url);
const documents = [
  ...readdirSync(new URL("docs/", root)).map((name) => `docs/${name}`),
  ...readdirSync(new URL("packages/", root)).map((name) => `packages/${name}/README.md`),
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
].filter((path) => path.endsWith(".md") && existsSync(new URL(path, root))); // private packages need no README

test.each(documents)("every relative link of %s leads somewhere", (path) => {
  const base = new URL(path, root);
  const links = [...readFileSync(base, "utf8").matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1]);
  const broken = links.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(new URL(link, base)));
  expect(broken).toEqual([]);
});

test("every package that is published has a README", () => {
  const names = readdirSync(new URL("packages/", root));
  const published = names.filter((name) => {
    const manifest = new URL(`packages/${name}/package.json`, root);
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).private !== true;
  });
  expect(published.length).toBeGreaterThan(8);
  expect(published.filter((name) => !documents.includes(`packages/${name}/README.md`))).toEqual([]);
});

test("every test that the threat model names exists", () => {
  const text = readFileSync(new URL("docs/threat-model.md", root), "utf8");
  const names = [...text.matchAll(/`([a-z]+\/src\/[a-z0-9.-]+\.test\.ts)`/g)].map((match) => match[1]);
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter((name) => !existsSync(new URL(`packages/${name}`, root)))).toEqual([]);
});

test.each(["README.md", "packages/exporter/README.md"])("%s has a row for each setting, in their order", (path) => {
  const text = readFileSync(new URL(path, root), "utf8");
  const rows = [...text.matchAll(/^\| `?(CLAWMETRY_SIEM_[A-Z0-9_]+)`? /gm)].map((match) => match[1]);
  expect(rows).toEqual(environmentSettings.map(({ variable }) => variable));
});
