import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { environmentSettings, readVariable } from "./environment-settings.ts";
import { findUnknownVariables } from "./find-unknown-variables.ts";
import { knownFields } from "./known-fields.ts";
import { nameSettings } from "./name-settings.ts";
import { type ResolvedSiemConfig, resolveSiemConfig } from "./resolve-siem-config.ts";
import { type Fields, isFields } from "./fields.ts";
import { showValue } from "./show-value.ts";

const SECTION = "siem";

/**
 * Reads the configuration from the environment and from `section`, the object under `siem` of a configuration file. The
 * environment wins field by field, an empty variable counts as unset, and names such as `TCP` count there in any case of
 * letters; a host in the environment also wins over the `targets` of the section. Gives every field with its default filled in,
 * or undefined when neither names a host. Throws one `ConfigError` for all bad settings at once, under the names they have there.
 *
 * An unknown field of the section is an error too, with a host and without one. With a host, so is every `CLAWMETRY_SIEM_…`
 * that is no setting; without one, only what looks like a mistyped `CLAWMETRY_SIEM_HOST`.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, section?: unknown): ResolvedSiemConfig | undefined {
  const merged = environmentSettings.reduce((fields, setting) => {
    const value = readVariable(env, setting);
    return value === undefined ? fields : withField(fields, setting.path, value);
  }, readSection(section));
  const unknown = findUnknownVariables(env);
  const nameOf = nameSettings(env, section);
  if (merged["host"] === undefined && merged["targets"] === undefined) {
    // Only mistakes that would switch everything off without a word.
    const mistyped = unknown.filter(({ meant }) => meant === "host").map(toProblem);
    const problems = [...mistyped, ...knownFields(merged, nameOf).problems];
    if (problems.length > 0) throw new ConfigError(problems);
    return undefined;
  }
  return resolveSiemConfig(merged, { nameOf, problems: unknown.map(toProblem) });
}

function toProblem({ setting, message }: ConfigProblem): ConfigProblem {
  return { setting, message };
}

function readSection(section: unknown): Fields {
  if (section === undefined || section === null) return {};
  if (isFields(section)) return section;
  const message = `${SECTION} must be an object, got ${showValue(section)}`;
  throw new ConfigError([{ setting: SECTION, message }]);
}

function withField(fields: Fields, path: string, value: string | number): Fields {
  // Who names a collector in the environment wants that one, not those of a file.
  if (path === "host") return { ...fields, targets: undefined, host: value };
  if (!path.startsWith("tls.")) return { ...fields, [path]: value };
  return { ...fields, tls: { ...(isFields(fields.tls) ? fields.tls : {}), [path.slice("tls.".length)]: value } };
}
