import { environmentSettings, readVariable, variableOf } from "./environment-settings.ts";
import { type Fields, isFields } from "./fields.ts";
import { isSet } from "./list-targets.ts";
import { isRoute } from "./target-settings.ts";

/** The name of the setting at a path such as `tls.caFile`. */
export type NameSetting = (path: string) => string;

const IN_TARGET = /^targets\[(\d+)\]\.(.+)$/;

/**
 * Names settings as the user does who gave `readConfig` the same two: by the variable or by the path in the section
 * (`siem.tls.caFile`, `siem.targets[1].tls.caFile`), wherever the value came from; for one that is missing, wherever the others
 * came from.
 */
export function nameSettings(env: NodeJS.ProcessEnv = process.env, section?: unknown): NameSetting {
  const fields = isFields(section) ? section : {};
  const given = environmentSettings.filter((setting) => readVariable(env, setting) !== undefined);
  const inEnvironment = (path: string): boolean => given.some((setting) => setting.path === path);
  // A host in the environment replaces them.
  const targets = inEnvironment("host") || !Array.isArray(fields["targets"]) ? [] : (fields["targets"] as unknown[]);

  function nameShared(path: string): string {
    const variable = variableOf(path);
    const inSection = `siem.${path}`;
    if (variable === undefined) return inSection;
    if (inEnvironment(path)) return variable;
    if (isGiven(fields, path)) return inSection;
    // The only target gives its route to the whole of the configuration that is read from it.
    if (targets.length === 1 && isRoute(path) && givenBy(targets[0], path)) return `siem.targets[0].${path}`;
    return given.length === 0 ? inSection : variable;
  }
  return (path) => {
    const [, index, own = ""] = IN_TARGET.exec(path) ?? [];
    if (index === undefined) return nameShared(path);
    const inTarget = givenBy(targets[Number(index)], own);
    const shared = inEnvironment(own) || isGiven(fields, own) || targets.length === 0;
    return shared && !inTarget ? nameShared(own) : `siem.${path}`;
  };
}

function givenBy(target: unknown, path: string): boolean {
  return isFields(target) && isGiven(target, path);
}

// The names of what every object has are no settings.
function isGiven(fields: Fields, path: string): boolean {
  return Object.hasOwn(fields, path.replace(/\..*/, "")) && isSet(fields, path);
}
