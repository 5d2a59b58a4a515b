// Fails when an import points up or sideways between the floors, or when a third-party package slips in.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findProblems } from "./floors/find-problems.mjs";
import { readReferences } from "./floors/read-references.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

function readPackage(name) {
  const folder = `packages/${name}`;
  const manifest = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  const files = ["src", "examples", "test"].flatMap((part) => sources(`${folder}/${part}`));
  return { folder, manifest, files };
}

function sources(directory) {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true })
    .filter((path) => /\.[cm]?ts$/.test(path))
    .map((path) => `${directory}/${path.replaceAll("\\", "/")}`)
    .map((path) => ({ path, ...readReferences(path, readFileSync(path, "utf8")) }));
}

const packages = readdirSync("packages").filter((name) => existsSync(`packages/${name}/package.json`));
const problems = packages.flatMap((name) => findProblems(readPackage(name)));
for (const problem of problems) console.error(problem);
console.log(`floors: ${packages.length} packages, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
