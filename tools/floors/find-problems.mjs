import { posix } from "node:path";
import { FLOORS, TEST_TOOLS } from "./table.mjs";

/**
 * Checks one package against its floor. Takes `{ folder, manifest, files }`, where a file is
 * `{ path, imports, nodeGlobals }` with its path from the root, and returns one line per problem.
 */
export function findProblems({ folder, manifest, files }) {
  const row = FLOORS.get(manifest.name);
  if (manifest.private === true && row === undefined) return [];
  if (row === undefined) {
    return [`${folder}/package.json: ${manifest.name} has no floor; give it one in tools/floors/table.mjs`];
  }
  return [
    ...manifestProblems(folder, manifest, row),
    ...files.flatMap((file) => fileProblems(folder, manifest, row, file)),
  ];
}

function manifestProblems(folder, manifest, row) {
  const where = `${folder}/package.json`;
  const allowed = [...row.mayImport, ...row.outside];
  const runtime = { ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies };
  const problems = [];
  for (const [name, range] of Object.entries(runtime)) {
    if (!allowed.includes(name)) {
      problems.push(`${where}: ${manifest.name} depends on ${name}; allowed: ${list(allowed)}`);
    } else if (FLOORS.has(name) && range !== "workspace:^") {
      // An exact or floating range would tie releases together, which are independent per package.
      problems.push(`${where}: ${name} has the range ${range}; allowed: workspace:^`);
    }
  }
  const development = [...allowed, ...TEST_TOOLS, ...row.testTools];
  for (const name of Object.keys(manifest.devDependencies ?? {})) {
    if (development.includes(name)) continue;
    problems.push(`${where}: ${manifest.name} depends on ${name} for development; allowed: ${list(development)}`);
  }
  return problems;
}

function fileProblems(folder, manifest, row, { path, imports, nodeGlobals }) {
  const role = roleOf(folder, path);
  const problems = imports.flatMap(({ name, line }) => {
    const rule = importProblem({ folder, manifest, row, path, role, name });
    return rule === undefined ? [] : [`${path}:${line}: imports ${name}; allowed: ${rule}`];
  });
  if (!row.browser || role !== "source") return problems;
  const globals = nodeGlobals.map(({ name, line }) => `${path}:${line}: uses ${name}; allowed: what a browser has too`);
  return [...problems, ...globals];
}

function roleOf(folder, path) {
  if (/\.(test|bench)\.ts$/.test(path) || path.startsWith(`${folder}/test/`)) return "test";
  return path.startsWith(`${folder}/src/`) ? "source" : "example";
}

// What would have been allowed, or undefined when the import is fine.
function importProblem({ folder, manifest, row, path, role, name }) {
  if (name.startsWith(".")) {
    const home = role === "source" ? `${folder}/src` : folder;
    return posix.join(posix.dirname(path), name).startsWith(`${home}/`) ? undefined : `files in ${home}`;
  }
  if (name.startsWith("node:")) {
    return row.browser && role === "source" ? `nothing of Node: ${manifest.name} runs in a browser` : undefined;
  }
  const target = packageOf(name);
  // A peer is what the user brings: its import stays in a subpath of its own, which nobody has to load.
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  const allowed = [...row.mayImport, ...row.outside];
  if (role === "source") {
    if (!allowed.includes(target)) return list(allowed);
    return declared.includes(target)
      ? undefined
      : `what ${folder}/package.json lists in dependencies or peerDependencies`;
  }
  allowed.push(manifest.name);
  if (role === "test") allowed.push(...TEST_TOOLS, ...row.testTools);
  return allowed.includes(target) ? undefined : list(allowed);
}

function packageOf(specifier) {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function list(names) {
  return names.length === 0 ? "nothing" : names.join(", ");
}
