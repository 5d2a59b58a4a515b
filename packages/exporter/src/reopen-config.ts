import { isDeepStrictEqual } from "node:util";
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
  const changed = differences(rest, first);
  if (changed["host"] !== undefined) return config;
  const reopened = resolved.map((target) => withChanges(target, changed));
  return mode === "all"
    ? { mode, hostname, targets: reopened.map((target) => without(target, ["hostname"])) }
    : { ...without(whole, ROUTE_SETTINGS), targets: reopened.map((target) => pick(target, ROUTE_SETTINGS)) };
}

// By value: a configuration may have come through JSON. Of `tls`, only the fields that differ.
function differences(fields: Fields, from: Fields): Fields {
  const changed = Object.entries(fields).filter(([name, value]) => !isDeepStrictEqual(value, from[name]));
  return Object.fromEntries(
    changed.map(([name, value]) => {
      const before = from[name];
      return [name, name === "tls" && isFields(value) && isFields(before) ? differences(value, before) : value];
    }),
  );
}

function withChanges(target: Fields, changed: Fields): Fields {
  const tls =
    isFields(target["tls"]) && isFields(changed["tls"]) ? { tls: { ...target["tls"], ...changed["tls"] } } : {};
  return { ...target, ...changed, ...tls };
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
