import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { environmentSettings, readVariable, variableOf } from "./environment-settings.ts";
import { findMistypedVariables } from "./find-mistyped-variables.ts";
import { type ResolvedSiemConfig, resolveSiemConfig } from "./resolve-siem-config.ts";
import { type Fields, isFields } from "./fields.ts";
import { showValue } from "./show-value.ts";

const SECTION = "siem";

/**
 * Reads the configuration from the environment and from `section`, the object under `siem` of a configuration file. The
 * environment wins field by field, and an empty variable counts as unset. Gives every field with its default filled in, or
 * undefined when neither names a host. Throws one `ConfigError` for all bad settings at once, under the names they have there.
 *
 * A variable that looks like a mistyped one of ours is an error too. Any other `CLAWMETRY_SIEM_…` is left to whom it belongs.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, section?: unknown): ResolvedSiemConfig | undefined {
  const fromSection = readSection(section);
  const variables = environmentSettings.flatMap((setting) => {
    const value = readVariable(env, setting);
    return value === undefined ? [] : [{ path: setting.path, value }];
  });
  const merged = variables.reduce((fields, { path, value }) => withField(fields, path, value), fromSection);
  const mistyped = findMistypedVariables(env);
  if (merged.host === undefined) {
    // Only the mistake that would switch everything off without a word.
    const host = mistyped.filter(({ path }) => path === "host");
    if (host.length > 0) throw new ConfigError(host);
    return undefined;
  }
  const set = new Set(variables.map(({ path }) => path));
  return resolveSiemConfig(merged, {
    nameOf: (path) => nameOf(path, set, fromSection),
    problems: mistyped.map(({ setting, message }): ConfigProblem => ({ setting, message })),
  });
}

function readSection(section: unknown): Fields {
  if (section === undefined || section === null) return {};
  if (isFields(section)) return section;
  const message = `${SECTION} must be an object, got ${showValue(section)}`;
  throw new ConfigError([{ setting: SECTION, message }]);
}

function withField(fields: Fields, path: string, value: string | number): Fields {
  if (!path.startsWith("tls.")) return { ...fields, [path]: value };
  return { ...fields, tls: { ...(isFields(fields.tls) ? fields.tls : {}), [path.slice("tls.".length)]: value } };
}

// Where the value came from; for one that is missing, where the others came from.
function nameOf(path: string, set: ReadonlySet<string>, section: Fields): string {
  const variable = variableOf(path);
  const inSection = `${SECTION}.${path}`;
  if (variable === undefined) return inSection;
  if (set.has(path)) return variable;
  const { tls } = section;
  const value = path.startsWith("tls.") ? isFields(tls) && tls[path.slice("tls.".length)] : section[path];
  return set.size === 0 || (value !== undefined && value !== false) ? inSection : variable;
}
