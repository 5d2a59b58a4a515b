import { existsSync, readFileSync, realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { mapLimit } from "./map-limit.mjs";
import { runCommand } from "./run-command.mjs";

/**
 * Packs every folder as a release would: pnpm applies publishConfig, writes real ranges and adds the root's LICENSE.
 * Resolves to `{ manifest, tarball, paths, maps }`, all as they are inside the tarball; a map is `{ path, map }`.
 */
export function packAll(folders, destination) {
  return mapLimit(folders, 2, async (folder) => {
    const pnpm = [join(process.cwd(), "tools/pm.mjs"), "pack", "--json", "--pack-destination", destination];
    const output = await runCommand(process.execPath, pnpm, { cwd: folder });
    const { filename, files } = JSON.parse(output.slice(output.indexOf("{")));
    const read = (path) => runCommand("tar", ["-xzOf", filename, `package/${path}`]);
    const paths = files.map(({ path }) => path);
    const maps = paths.filter((path) => path.endsWith(".map"));
    return {
      manifest: JSON.parse(await read("package.json")),
      tarball: filename,
      paths,
      maps: await Promise.all(maps.map(async (path) => ({ path, map: JSON.parse(await read(path)) }))),
    };
  });
}

/**
 * Packs the third-party packages that the folders depend on, directly or not, and their optional peers, in the versions that
 * are installed here, so that the check needs no network. Resolves to `{ manifest, tarball }` for each.
 */
export async function packOutside(folders, destination) {
  const found = new Map();
  for (const folder of folders.map((name) => realpathSync(name))) {
    const { dependencies, peerDependencies } = readManifest(folder);
    collectOutside({ ...dependencies, ...peerDependencies }, join(folder, "node_modules"), found);
  }
  return mapLimit([...found], 2, async ([directory, manifest], index) => {
    const tarball = join(destination, `outside-${index}-${manifest.version}.tgz`);
    await runCommand("tar", [
      "--hard-dereference", // equal files are links to each other in the store of pnpm, and npm unpacks no links
      "-czf",
      tarball,
      "-C",
      dirname(directory),
      directory.slice(dirname(directory).length + 1),
    ]);
    return { manifest, tarball };
  });
}

// In the store of pnpm, the dependencies of a package are its neighbours.
function collectOutside(dependencies, modules, found) {
  for (const [name, range] of Object.entries(dependencies)) {
    // Optional packages of other platforms are not installed, and npm does without them too.
    if (range.startsWith("workspace:") || !existsSync(join(modules, name))) continue;
    const target = realpathSync(join(modules, name));
    if (found.has(target)) continue;
    const depth = name.startsWith("@") ? "../.." : "..";
    const manifest = readManifest(target);
    found.set(target, manifest);
    collectOutside({ ...manifest.dependencies, ...manifest.optionalDependencies }, join(target, depth), found);
  }
}

function readManifest(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}
