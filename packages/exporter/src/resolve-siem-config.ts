import { hostname } from "node:os";
import { type CheckOptions, checkSiemConfig } from "./check-siem-config.ts";
import { type TargetSettings } from "./merge-target.ts";
import { reopenConfig } from "./reopen-config.ts";
import { type SiemMode } from "./siem-config.ts";
import { type SettledConfig, withDefaults } from "./with-defaults.ts";

/** One destination with every default filled in. */
export interface ResolvedTarget extends SettledConfig {
  readonly host: string;
  readonly hostname: string;
}

/**
 * A configuration that was checked, with every default filled in. The settings beside `targets` are those of the first target.
 * Also a `SiemConfig`: one that is changed before it is used counts as changed for every target.
 */
export interface ResolvedSiemConfig extends ResolvedTarget {
  readonly mode: SiemMode;
  /** At least one, each complete. */
  readonly targets: readonly ResolvedTarget[];
}

/** Checks a configuration from anywhere and fills in the defaults. Throws `ConfigError`. Does not change its argument. */
export function resolveSiemConfig(config: unknown, options: CheckOptions = {}): ResolvedSiemConfig {
  const { mode, targets } = checkSiemConfig(reopenConfig(config), options);
  const resolved = targets.map(({ settings }) => resolveTarget(settings));
  const complete = mode === "failover" ? shareMessages(resolved) : resolved;
  const [first] = complete;
  if (first === undefined) throw new Error("a checked configuration has a target");
  return { ...first, mode, targets: complete };
}

function resolveTarget(target: TargetSettings): ResolvedTarget {
  const settled = withDefaults(target);
  return { ...settled, hostname: settled.hostname ?? hostname() };
}

// One message goes to whichever target works, so it must fit each of them, and it may have to be sent to the next one again.
function shareMessages(targets: readonly ResolvedTarget[]): readonly ResolvedTarget[] {
  const maxMessageBytes = Math.min(...targets.map((target) => target.maxMessageBytes));
  const replayWindowMs = Math.max(...targets.map((target) => target.replayWindowMs));
  return targets.map((target) => ({ ...target, maxMessageBytes, replayWindowMs }));
}
