import { settingPaths } from "./environment-settings.ts";

/** What describes the way to one collector: all that a target sets in mode `failover`, where the rest is shared. */
export const ROUTE_SETTINGS: readonly string[] = [
  "host",
  "port",
  "protocol",
  "framing",
  "maxMessageBytes",
  "reconnectAfterMs",
  "tls",
];

const NEVER_OF_A_TARGET = ["hostname", "mode"];

/** The path of every setting that a target may have in mode `all`, such as `tls.caFile`. */
export const targetPaths: readonly string[] = settingPaths.filter((path) => !NEVER_OF_A_TARGET.includes(path));
