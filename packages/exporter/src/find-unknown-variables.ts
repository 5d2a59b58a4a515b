import { closestName } from "./closest-name.ts";
import { type ConfigProblem } from "./config-error.ts";
import { environmentSettings } from "./environment-settings.ts";
import { showName } from "./show-value.ts";

/** A variable that is none of ours, and the one that was probably meant. */
export interface UnknownVariable extends ConfigProblem {
  /** Path of the setting that was probably meant. */
  readonly meant?: string;
}

const PREFIX = "CLAWMETRY_SIEM_";
const ABOUT_TLS = /^(?:TLS|SSL|SECUR|ENCRYPT|TRANSPORT|CA|CERT|KEY)/;
const TLS_ADVICE = `: TLS is ${PREFIX}PROTOCOL=tcp-tls, and its settings begin with ${PREFIX}TLS_, such as ${PREFIX}TLS_CA_FILE`;

/**
 * Finds variables with our prefix, in any case of letters, that are no settings. Who sets `TLS=true` must not get clear text,
 * and who sets another `FINGERPRINT` not a certificate that nobody checks. An empty variable counts as unset.
 */
export function findUnknownVariables(env: NodeJS.ProcessEnv): UnknownVariable[] {
  return Object.keys(env)
    .filter((name) => name.toUpperCase().startsWith(PREFIX) && env[name]?.trim() !== "" && !paths.has(name))
    .map((name) => {
      const setting = showName(name);
      const meant = closestVariable(name.slice(PREFIX.length).toUpperCase());
      const path = meant === undefined ? undefined : paths.get(meant);
      return {
        setting,
        ...(path !== undefined && { meant: path }),
        message: `${setting} is not a setting${adviceFor(name, meant)}`,
      };
    });
}

function closestVariable(rest: string): string | undefined {
  const names = [...paths.keys()].map((name) => name.slice(PREFIX.length));
  const meant = closestName(rest, names) ?? closestName(`TLS_${rest}`, names);
  return meant === undefined ? undefined : PREFIX + meant;
}

function adviceFor(name: string, meant: string | undefined): string {
  if (meant !== undefined) return `, did you mean ${meant}?`;
  return ABOUT_TLS.test(name.slice(PREFIX.length).toUpperCase()) ? TLS_ADVICE : "";
}

const paths: ReadonlyMap<string, string> = new Map(environmentSettings.map(({ variable, path }) => [variable, path]));
