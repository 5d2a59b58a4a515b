import * as v from "valibot";
import { closestName } from "./closest-name.ts";
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { settingPaths } from "./environment-settings.ts";
import { type Fields, isFields } from "./fields.ts";
import { findConflicts } from "./find-conflicts.ts";
import { type NameSetting } from "./name-settings.ts";
import { showName, showValue } from "./show-value.ts";
import { siemConfigSchema } from "./siem-config-schema.ts";
import { type SiemConfig } from "./siem-config.ts";

/** How problems are told. */
export interface CheckOptions {
  /** The name of the setting at a path such as `tls.caFile`. Default: the path. */
  readonly nameOf?: NameSetting;
  /** Problems that were found already, told first. */
  readonly problems?: readonly ConfigProblem[];
}

// The path of a key is no secret, but people put the key itself there.
const NEVER_SHOWN: ReadonlySet<string> = new Set(["tls", "tls.keyPassphrase", "tls.keyFile"]);

/**
 * Checks a configuration from anywhere against the schema and for settings that exclude each other. Unknown settings are
 * errors. Throws one `ConfigError` for everything that is wrong.
 */
export function checkSiemConfig(input: unknown, options: CheckOptions = {}): SiemConfig {
  const { nameOf = (path: string) => path, problems: found = [] } = options;
  const given = isFields(input) ? input : {};
  const result = v.safeParse(siemConfigSchema, knownFields(given));
  const bad = new Map<string, ConfigProblem>();
  for (const issue of result.issues ?? []) {
    const where = v.getDotPath(issue) ?? "";
    if (!bad.has(where)) bad.set(where, badValue(where, issue.message, issue.input, nameOf));
  }
  const conflicts = findConflicts(readableOutput(result.output), (path) => bad.has(path), nameOf);
  const problems = [...found, ...unknownSettings(given, nameOf), ...bad.values(), ...conflicts];
  if (problems.length > 0 || !result.success) throw new ConfigError(problems);
  return result.output;
}

// Without what is unset or unknown, and with a host in any case: so its rule is told when it is missing.
function knownFields({ tls, ...fields }: Fields): Fields {
  return {
    host: undefined,
    ...pickKnown(fields, ""),
    ...(tls !== undefined && { tls: isFields(tls) ? pickKnown(tls, "tls.") : tls }),
  };
}

function pickKnown(fields: Fields, prefix: string): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([key, value]) => value !== undefined && settingPaths.includes(prefix + key)),
  );
}

// The schema would tell the first one only, and not the one that was meant.
function unknownSettings({ tls, ...fields }: Fields, nameOf: NameSetting): ConfigProblem[] {
  const paths = [...Object.keys(fields), ...(isFields(tls) ? Object.keys(tls).map((key) => `tls.${key}`) : [])];
  return paths
    .filter((path) => !settingPaths.includes(path))
    .map((path) => {
      const setting = nameOf(showName(path));
      const meant = closestName(path, settingPaths);
      const advice = meant === undefined ? "" : `, did you mean ${meant}?`;
      return { setting, message: `${setting} is not a setting${advice}` };
    });
}

function badValue(path: string, rule: string, value: unknown, nameOf: NameSetting): ConfigProblem {
  const setting = nameOf(path);
  const received = NEVER_SHOWN.has(path) ? "a value that is not shown" : showValue(value);
  return { setting, message: `${setting} must be ${rule}, got ${received}` };
}

// Also where something is bad: the other settings are in it, parsed.
function readableOutput(output: unknown): Partial<SiemConfig> {
  const { tls, ...fields } = output as Partial<SiemConfig>;
  return isFields(tls) ? { ...fields, tls } : fields;
}
