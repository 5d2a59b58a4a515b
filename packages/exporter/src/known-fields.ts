import { closestName } from "./closest-name.ts";
import { type ConfigProblem } from "./config-error.ts";
import { settingPaths } from "./environment-settings.ts";
import { type Fields, isFields } from "./fields.ts";
import { type NameSetting } from "./name-settings.ts";
import { showName } from "./show-value.ts";
import { isRoute, targetPaths } from "./target-settings.ts";

/** What of a configuration can be read, and what is wrong with the rest of it. */
export interface KnownFields {
  readonly fields: Fields;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Takes the fields that are settings, unset ones left out, and tells every other one with the name that was probably meant: a
 * schema would tell the first only. Also those of a target that all targets share.
 */
export function knownFields(given: Fields, nameOf: NameSetting): KnownFields {
  const { targets, ...rest } = given;
  const top = pick(rest, settingPaths);
  const unknown = unknownPaths(rest, settingPaths).map((path) =>
    notASetting(nameOf(showName(path)), path, [...settingPaths, "targets"]),
  );
  if (targets === undefined) return { fields: top, problems: unknown };
  if (!Array.isArray(targets)) return { fields: { ...top, targets }, problems: unknown };
  const shared = given["mode"] === undefined || given["mode"] === "failover";
  const read = targets.map((target: unknown, index) => knownOfTarget(target, index, shared, nameOf));
  return {
    fields: { ...top, targets: read.map(({ fields }) => fields) },
    problems: [...unknown, ...read.flatMap(({ problems }) => problems)],
  };
}

function knownOfTarget(
  target: unknown,
  index: number,
  shared: boolean,
  nameOf: NameSetting,
): { readonly fields: unknown; readonly problems: readonly ConfigProblem[] } {
  if (!isFields(target)) return { fields: target, problems: [] };
  const allowed = shared ? targetPaths.filter(isRoute) : targetPaths;
  const problems = unknownPaths(target, allowed).map((path) => {
    const setting = nameOf(`targets[${index}].${showName(path)}`);
    if (targetPaths.includes(path)) return sharedByAll(setting, path, nameOf);
    if (!settingPaths.includes(path)) return notASetting(setting, path, targetPaths);
    return { setting, message: `${setting} is not a setting of one target: set ${nameOf(path)}` };
  });
  return { fields: { host: undefined, ...pick(target, allowed) }, problems }; // so the rule of a missing host is told
}

function sharedByAll(setting: string, path: string, nameOf: NameSetting): ConfigProblem {
  const advice = `set ${nameOf(path)} for all of them, or ${nameOf("mode")} to all`;
  return { setting, message: `${setting} must not be set: the targets of a failover share it; ${advice}` };
}

function notASetting(setting: string, path: string, names: readonly string[]): ConfigProblem {
  const meant = closestName(path, names);
  return { setting, message: `${setting} is not a setting${meant === undefined ? "" : `, did you mean ${meant}?`}` };
}

function pick({ tls, ...fields }: Fields, paths: readonly string[]): Fields {
  return {
    ...pickKnown(fields, "", paths),
    ...(tls !== undefined && { tls: isFields(tls) ? pickKnown(tls, "tls.", paths) : tls }),
  };
}

function pickKnown(fields: Fields, prefix: string, paths: readonly string[]): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => value !== undefined && paths.includes(prefix + key)),
  );
}

function unknownPaths({ tls, ...fields }: Fields, paths: readonly string[]): readonly string[] {
  const given = [...Object.keys(fields), ...(isFields(tls) ? Object.keys(tls).map((key) => `tls.${key}`) : [])];
  return given.filter((path) => !paths.includes(path));
}
