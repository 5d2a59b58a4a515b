import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Path of a configuration file of this package, in its folder `receivers`. */
export function configurationFile(name: string): string {
  return fileURLToPath(new URL(`../../receivers/${name}`, import.meta.url));
}

/**
 * Path below the folder that tools/install-receivers.sh fills: SIEM_RECEIVERS, or `siem-receivers` in the cache folder of
 * the user. Throws when there is no such file.
 */
export function installedFile(path: string): string {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const file = join(process.env["SIEM_RECEIVERS"] ?? join(cache, "siem-receivers"), path);
  if (!existsSync(file)) throw new Error(`there is no ${file}: run tools/install-receivers.sh`);
  return file;
}
