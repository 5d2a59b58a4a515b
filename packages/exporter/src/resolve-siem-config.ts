import { hostname } from "node:os";
import { type CheckOptions, checkSiemConfig } from "./check-siem-config.ts";
import { type SettledConfig, withDefaults } from "./with-defaults.ts";

/** A configuration that was checked, with every default filled in. Also a `SiemConfig`. */
export interface ResolvedSiemConfig extends SettledConfig {
  readonly host: string;
  readonly hostname: string;
}

/** Checks a configuration from anywhere and fills in the defaults. Throws `ConfigError`. Does not change its argument. */
export function resolveSiemConfig(config: unknown, options: CheckOptions = {}): ResolvedSiemConfig {
  const checked = checkSiemConfig(config, options);
  return { ...withDefaults(checked), host: checked.host, hostname: checked.hostname ?? hostname() };
}
