/**
 * Checks the text of a pnpm lockfile against the manifests of installed packages (`{ name, version,
 * optionalDependencies }`) and returns one line per problem. A registry mirror that lacks a platform's package makes
 * pnpm leave it out without a word, and the install then breaks on that platform only.
 */
export function findProblems(text, installed) {
  const manifests = new Map(installed.map((manifest) => [`${manifest.name}@${manifest.version}`, manifest]));
  const problems = addresses(text);
  for (const [id, { optional, optionalDependencies }] of readSnapshots(text)) {
    const manifest = manifests.get(id);
    if (manifest === undefined) {
      // An optional package of another platform is never installed here.
      if (!optional) problems.push(`${id} is locked but not installed: run npm run setup`);
      continue;
    }
    for (const name of Object.keys(manifest.optionalDependencies ?? {})) {
      if (optionalDependencies.includes(name)) continue;
      problems.push(`${id} lacks its optional dependency ${name}: lock it again from a registry that has it`);
    }
  }
  return problems;
}

// An address in the lockfile ties everybody to the registry of whoever wrote it.
function addresses(text) {
  return text
    .split("\n")
    .flatMap((line, index) =>
      /https?:\/\/|tarball:/.test(line) ? [`line ${index + 1} holds an address; allowed: names, versions, hashes`] : [],
    );
}

// [package id without its peers, what the snapshot says]; a package has one snapshot for each set of peers.
function readSnapshots(text) {
  const [, section = ""] = text.split(/^snapshots:\n/m);
  return section.split(/\n(?= {2}\S)/).flatMap((block) => {
    const id = /^\s*'?(@?[^@'\n]+@[^:'(\n]+)/.exec(block)?.[1];
    if (id === undefined) return [];
    const [, names = ""] = block.split(/^ {4}optionalDependencies:\n/m);
    const optionalDependencies = [...names.matchAll(/^ {6}'?([^':\n]+)'?: /gm)].map(([, name]) => name);
    return [[id, { optional: /^ {4}optional: true$/m.test(block), optionalDependencies }]];
  });
}
