import { settingPaths } from "./environment-settings.ts";

/** More targets are a mistake: in mode `all`, each has a queue of its own. */
export const MAX_TARGETS = 100;

/** What describes the way to one collector: all that a target sets in mode `failover`, where the rest is shared. */
export const ROUTE_SETTINGS: readonly string[] = [
  "host",
  "port",
  "protocol",
  "framing",
  "maxMessageBytes",
  "reconnectAfterMs",
  "relpWindow",
  "tls",
];

/** Whether the setting at a path such as `tls.caFile` describes the way to a collector. */
export function isRoute(path: string): boolean {
  return ROUTE_SETTINGS.includes(path.replace(/\..*/, ""));
}

const NEVER_OF_A_TARGET = ["hostname", "mode"];

/** The path of every setting that a target may have in mode `all`, such as `tls.caFile`. */
export const targetPaths: readonly string[] = settingPaths.filter((path) => !NEVER_OF_A_TARGET.includes(path));
