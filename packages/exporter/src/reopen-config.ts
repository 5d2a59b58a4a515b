import { type Fields, isFields } from "./fields.ts";
import { ROUTE_SETTINGS } from "./target-settings.ts";

/**
 * Turns what `resolveSiemConfig` gave, and what somebody made from it, into what a user would write: a resolved configuration
 * has its first target twice. A setting that was changed beside `targets` counts for all of them. Anything else stays as it is.
 */
export function reopenConfig<T>(config: T): T {
  return isFields(config) && Array.isArray(config["targets"]) ? (reopen(config, config["targets"]) as T) : config;
}

function reopen(config: Fields, targets: readonly unknown[]): Fields {
  const { mode, hostname, ...rest } = without(config, ["targets"]);
  const resolved = targets.filter(isResolvedTarget);
  const [first] = resolved;
  if (first === undefined || resolved.length < targets.length) return config;
  const whole = { ...rest, mode, hostname };
  if (resolved.length === 1) return whole;
  const changed = Object.fromEntries(Object.entries(rest).filter(([name, value]) => value !== first[name]));
  if (changed["host"] !== undefined) return config;
  return mode === "all"
    ? { mode, hostname, targets: resolved.map((target) => ({ ...without(target, ["hostname"]), ...changed })) }
    : {
        ...without(whole, ROUTE_SETTINGS),
        targets: resolved.map((target) => pick({ ...target, ...changed }, ROUTE_SETTINGS)),
      };
}

// A user's target never has a `hostname`, and one of ours always has.
function isResolvedTarget(target: unknown): target is Fields {
  return isFields(target) && target["hostname"] !== undefined;
}

function without(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function pick(fields: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => names.includes(name)));
}
