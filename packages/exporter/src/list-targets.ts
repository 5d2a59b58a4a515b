import { type Fields, isFields } from "./fields.ts";
import { mergeTarget, type TargetSettings } from "./merge-target.ts";
import { type ParsedSiemConfig } from "./siem-config-schema.ts";

/** One target: what it gets in the end, and where that came from. */
export interface ListedTarget {
  readonly settings: TargetSettings;
  /** Whether it is an entry of `targets`. Else it is one of the names in `host`. */
  readonly listed: boolean;
  /**
   * Where its setting is, such as `tls.caFile` or `targets[1].tls.caFile`. One that is not set would be beside `beside`, the
   * one that needs it; default: beside `targets`.
   */
  readonly placeOf: (path: string, beside?: string) => string;
}

/** Lists the targets of a configuration, those of `host` or those of `targets`. */
export function listTargets(config: Omit<ParsedSiemConfig, "mode">): readonly ListedTarget[] {
  const { host = "", targets, ...shared } = config;
  if (targets === undefined) {
    return host.split(",").map((name) => ({
      settings: mergeTarget(shared, { host: name.trim() }),
      listed: false,
      placeOf: (path) => path,
    }));
  }
  return targets.map((own, index) => ({
    settings: mergeTarget(shared, own),
    listed: true,
    placeOf: (path, beside = path) => {
      const inTarget = isSet(own, path) || (!isSet(shared, path) && isSet(own, beside));
      return inTarget ? `targets[${index}].${path}` : path;
    },
  }));
}

/** Whether there is a value at a path such as `tls.caFile`. */
export function isSet(settings: object, path: string): boolean {
  const [name = "", key] = path.split(".");
  const value = (settings as Fields)[name];
  return key === undefined || !isFields(value) ? value !== undefined : value[key] !== undefined;
}
