import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { environmentSettings, readVariable } from "./environment-settings.ts";
import { findUnknownVariables } from "./find-unknown-variables.ts";
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
 * With a host, every `CLAWMETRY_SIEM_…` that is no setting is an error too, as an unknown field of the section is; without
 * one, only what looks like a mistyped `CLAWMETRY_SIEM_HOST`.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, section?: unknown): ResolvedSiemConfig | undefined {
  const merged = environmentSettings.reduce((fields, setting) => {
    const value = readVariable(env, setting);
    return value === undefined ? fields : withField(fields, setting.path, value);
  }, readSection(section));
  const unknown = findUnknownVariables(env);
  if (merged["host"] === undefined && merged["targets"] === undefined) {
    // Only the mistake that would switch everything off without a word.
    const host = unknown.filter(({ meant }) => meant === "host");
    if (host.length > 0) throw new ConfigError(host.map(toProblem));
    return undefined;
  }
  return resolveSiemConfig(merged, { nameOf: nameSettings(env, section), problems: unknown.map(toProblem) });
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
