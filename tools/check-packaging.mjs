// Fails when a package as it would be published does not work for somebody who has nothing else of this repository.
// Needs an install and a build, no network.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { contentProblems } from "./packaging/content-problems.mjs";
import { mapLimit } from "./packaging/map-limit.mjs";
import { packAll, packOutside } from "./packaging/pack.mjs";
import { runCommand } from "./packaging/run-command.mjs";
import { startRegistry } from "./packaging/start-registry.mjs";
import { tryAlone } from "./packaging/try-alone.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const bin = (name) => join(process.cwd(), "node_modules/.bin", name);

async function checkOne({ manifest, tarball, ...content }, registryUrl, workspace) {
  if (!content.paths.some((path) => path.startsWith("dist/")))
    return [`${manifest.name}: not built: run npm run build`];
  const steps = [
    async () => contentProblems({ manifest, ...content }),
    () => runCommand(bin("publint"), ["run", tarball, "--strict"]),
    () => runCommand(bin("attw"), [tarball, "--profile", "esm-only", "--no-color", "--no-emoji", "--format", "ascii"]),
    () => tryAlone(manifest, registryUrl, workspace),
  ];
  const problems = [];
  for (const step of steps) {
    try {
      const found = await step();
      if (Array.isArray(found)) problems.push(...found);
    } catch (error) {
      problems.push(`${manifest.name}: ${error.message}`);
    }
  }
  return problems;
}

async function checkAll(workspace) {
  const folders = readdirSync("packages")
    .map((name) => `packages/${name}`)
    .filter((folder) => JSON.parse(readFileSync(`${folder}/package.json`, "utf8")).private !== true);
  const packages = await packAll(folders, workspace);
  const registry = await startRegistry([...packages, ...(await packOutside(folders, workspace))]);
  try {
    const problems = await mapLimit(packages, 2, (subject) => checkOne(subject, registry.url, workspace));
    return { count: packages.length, problems: problems.flat() };
  } finally {
    await registry.close();
  }
}

const workspace = mkdtempSync(join(tmpdir(), "packaging-"));
try {
  const { count, problems } = await checkAll(workspace);
  for (const problem of problems) console.error(problem);
  console.log(`packaging: ${count} packages, ${problems.length} problems`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(workspace, { recursive: true, force: true });
}
