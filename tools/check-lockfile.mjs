// Fails when pnpm-lock.yaml names a registry or lacks the packages of a platform. Needs an install, no network.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { findProblems } from "./lockfile/find-problems.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const STORE = "node_modules/.pnpm";

// Every folder of the store holds one package and links to the ones it depends on.
function installedManifests() {
  return readdirSync(STORE).flatMap((entry) => {
    const modules = `${STORE}/${entry}/node_modules`;
    if (!existsSync(modules)) return [];
    const names = readdirSync(modules).flatMap((name) =>
      name.startsWith("@") ? readdirSync(`${modules}/${name}`).map((inner) => `${name}/${inner}`) : [name],
    );
    return names
      .map((name) => `${modules}/${name}/package.json`)
      .filter((path) => existsSync(path))
      .map((path) => JSON.parse(readFileSync(path, "utf8")));
  });
}

const installed = existsSync(STORE) ? installedManifests() : [];
const problems = findProblems(readFileSync("pnpm-lock.yaml", "utf8"), installed);
for (const problem of problems) console.error(`pnpm-lock.yaml: ${problem}`);
console.log(`lockfile: ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
