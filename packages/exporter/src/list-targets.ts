import { mergeTarget, type TargetSettings } from "./merge-target.ts";
import { type ParsedSiemConfig } from "./siem-config-schema.ts";
import { type SiemSettings } from "./siem-config.ts";

/** One target: what it gets in the end, and where that came from. */
export interface ListedTarget {
  readonly settings: TargetSettings;
  /** What it sets itself. Nothing when it is one of the names in `host`. */
  readonly own: Partial<TargetSettings>;
  /** What it would take from the settings beside `targets`. */
  readonly shared: SiemSettings;
}

/** Lists the targets of a configuration, those of `host` or those of `targets`. */
export function listTargets(config: Omit<ParsedSiemConfig, "mode">): readonly ListedTarget[] {
  const { host = "", targets, ...shared } = config;
  if (targets !== undefined) {
    return targets.map((own) => ({ settings: mergeTarget(shared, own), own, shared }));
  }
  return host.split(",").map((name) => ({ settings: mergeTarget(shared, { host: name.trim() }), own: {}, shared }));
}
