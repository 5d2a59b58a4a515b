import { closestName } from "./closest-name.ts";
import { type ConfigProblem } from "./config-error.ts";
import { environmentSettings } from "./environment-settings.ts";
import { showName } from "./show-value.ts";

/** A variable that is none of ours, and the one that was probably meant. */
export interface MistypedVariable extends ConfigProblem {
  /** Path of the setting that was meant. */
  readonly path: string;
}

const PREFIX = "CLAWMETRY_SIEM_";

/**
 * Finds variables that differ from one of ours by one or two typing mistakes or a missing `TLS_`. Without them, a mistyped
 * PROTOCOL would send in clear text and a mistyped FINGERPRINT256 check nothing. Other names may belong to other programs.
 */
export function findMistypedVariables(env: NodeJS.ProcessEnv): MistypedVariable[] {
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && env[name]?.trim() !== "" && !names.has(name.slice(PREFIX.length)))
    .flatMap((name) => {
      const rest = name.slice(PREFIX.length);
      const meant = closestName(rest, [...names.keys()]) ?? closestName(`TLS_${rest}`, [...names.keys()]);
      if (meant === undefined) return [];
      const setting = showName(name);
      return [
        {
          setting,
          path: names.get(meant) ?? meant,
          message: `${setting} is not a setting, did you mean ${PREFIX}${meant}?`,
        },
      ];
    });
}

const names: ReadonlyMap<string, string> = new Map(
  environmentSettings.map(({ variable, path }) => [variable.slice(PREFIX.length), path]),
);
