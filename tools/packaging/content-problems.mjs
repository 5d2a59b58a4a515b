const ALLOWED = /^(LICENSE|README\.md|package\.json|dist\/[\w/-]+\.(js|js\.map|d\.ts))$/;
const REQUIRED = ["LICENSE", "README.md", "package.json"];
const SOURCE_CONDITION = "@clawmetry/source";

/** Checks what a tarball holds, `{ manifest, paths, maps }`, and returns one line per problem. */
export function contentProblems({ manifest, paths, maps }) {
  const where = manifest.name;
  const problems = [];
  for (const path of REQUIRED) {
    if (!paths.includes(path)) problems.push(`${where}: the tarball lacks ${path}`);
  }
  for (const path of paths) {
    if (ALLOWED.test(path)) continue;
    problems.push(
      `${where}: the tarball holds ${path}; allowed: ${REQUIRED.join(", ")}, *.js, *.js.map and *.d.ts in dist`,
    );
  }
  for (const target of targetsOf({ exports: manifest.exports, bin: manifest.bin })) {
    if (!paths.includes(target.slice(2)))
      problems.push(`${where}: package.json points at ${target}, which is not packed`);
  }
  for (const { path, map } of maps) {
    if (map.sourcesContent === undefined) problems.push(`${where}: ${path} points at sources that are not packed`);
  }
  if (JSON.stringify(manifest.exports).includes(SOURCE_CONDITION)) {
    problems.push(`${where}: exports hold the condition ${SOURCE_CONDITION}; publishConfig.exports must replace them`);
  }
  for (const [name, range] of Object.entries(manifest.dependencies ?? {})) {
    if (/^[^:]*:/.test(range)) problems.push(`${where}: depends on ${name} at ${range}; allowed: a version range`);
  }
  return problems;
}

function targetsOf(value) {
  if (typeof value === "string") return [value];
  return value === undefined ? [] : Object.values(value).flatMap(targetsOf);
}
