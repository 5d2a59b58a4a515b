import { mkdirSync, writeFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { join } from "node:path";
import { declarationProblems } from "./declaration-problems.mjs";
import { runCommand } from "./run-command.mjs";
import { SAMPLES } from "./samples.mjs";

const QUIETLY = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/**
 * Installs one package into an empty project and uses every entry point as a stranger would: by `import`, by `require`,
 * from TypeScript, and its commands; those that are for an optional peer after all others, with the peer. Resolves to one
 * line per problem.
 */
export async function tryAlone(manifest, registryUrl, workspace) {
  const project = join(workspace, manifest.name.replaceAll("/", "-"));
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), '{ "private": true }\n');
  const cache = join(workspace, "cache");
  const install = (target) =>
    runCommand("npm", ["install", target, "--registry", registryUrl, "--cache", cache, ...QUIETLY], { cwd: project });

  const problems = [];
  for (const [peer, specifiers] of entryPointsByPeer(manifest)) {
    await install(peer ?? `${manifest.name}@${manifest.version}`);
    problems.push(...declarationProblems(manifest.name, specifiers, project));
    for (const specifier of specifiers) problems.push(...(await tryEntryPoint(specifier, project)));
  }
  for (const command of Object.keys(manifest.bin ?? {})) {
    const version = await runCommand(join(project, "node_modules/.bin", command), ["--version"], { cwd: project });
    if (version.trim() !== manifest.version) {
      problems.push(`${command} --version prints ${version.trim()}; expected: ${manifest.version}`);
    }
  }
  return problems;
}

// Those without a peer first.
function entryPointsByPeer({ name, exports }) {
  const byPeer = new Map([[undefined, []]]);
  for (const subpath of Object.keys(exports)) {
    if (subpath === "./package.json") continue;
    const specifier = name + subpath.slice(1);
    const peer = SAMPLES.find((sample) => sample.specifier === specifier)?.peer;
    byPeer.set(peer, [...(byPeer.get(peer) ?? []), specifier]);
  }
  return byPeer;
}

async function tryEntryPoint(specifier, project) {
  const sample = SAMPLES.find((candidate) => candidate.specifier === specifier);
  if (sample === undefined) return [`${specifier} has no sample in tools/packaging/samples.mjs`];
  const use = `(async () => console.log(JSON.stringify(await (${String(sample.run)})(subject))))();`;
  const forms = {
    import: ["--input-type=module", "--eval", `import * as subject from "${specifier}"; ${use}`],
    require: ["--eval", `const subject = require("${specifier}"); ${use}`],
  };
  const problems = [];
  for (const [form, args] of Object.entries(forms)) {
    const output = await runCommand(process.execPath, args, { cwd: project }).catch(firstError);
    if (isDeepStrictEqual(parse(output), sample.expected)) continue;
    problems.push(`${specifier} by ${form} gives ${output.trim()}; expected: ${JSON.stringify(sample.expected)}`);
  }
  return problems;
}

function parse(output) {
  try {
    return JSON.parse(output);
  } catch {
    return undefined; // the caller shows the output itself
  }
}

function firstError({ message }) {
  return message.split("\n").find((line) => /^\s*\w*Error\b/.test(line)) ?? message;
}
