import { environmentSettings, readVariable, variableOf } from "./environment-settings.ts";
import { type Fields, isFields } from "./fields.ts";

/** The name of the setting at a path such as `tls.caFile`. */
export type NameSetting = (path: string) => string;

/**
 * Names settings as the user does who gave `readConfig` the same two: by the variable or by the path in the section
 * (`siem.tls.caFile`), wherever the value came from; for one that is missing, wherever the others came from.
 */
export function nameSettings(env: NodeJS.ProcessEnv = process.env, section?: unknown): NameSetting {
  const fields = isFields(section) ? section : {};
  const given = environmentSettings.filter((setting) => readVariable(env, setting) !== undefined);
  return (path) => {
    const variable = variableOf(path);
    const inSection = `siem.${path}`;
    if (variable === undefined) return inSection;
    if (given.some((setting) => setting.path === path)) return variable;
    const value = valueAt(fields, path);
    return given.length === 0 || (value !== undefined && value !== false) ? inSection : variable;
  };
}

function valueAt(section: Fields, path: string): unknown {
  if (!path.startsWith("tls.")) return section[path];
  return isFields(section["tls"]) && section["tls"][path.slice("tls.".length)];
}
