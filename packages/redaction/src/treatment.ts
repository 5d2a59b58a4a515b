import { commandArguments } from "./find-command-secrets.ts";
import { isIdentifierName } from "./identifier-name.ts";
import { secretName } from "./secret-name.ts";

/**
 * What is done with a value. `scan`: looked through. `identifier`: looked through for secrets alone. `secret`: a secret as a
 * whole. `token`: the same, but a number in it is a count. `within`: part of an object that is a secret.
 */
export type Treatment = "scan" | "identifier" | "secret" | "token" | "within";

/** A property or an element as far as the treatment depends on it. */
export interface NamedText {
  readonly key: string;
  /** The value, where it is a text. */
  readonly text: string | undefined;
}

const NAMING = /^(?:name|key|header|variable|field|param|parameter|k)$/i;
const NAMED = /^(?:value|values|val|v|default|data)$/i;
// What describes a secret rather than being one, as in the schema of a tool or the cookies of a browser.
const DESCRIBING =
  /^(?:type|kind|name|key|description|title|format|domain|path|username|user|host|url|expires|samesite|scope)$/i;
const FLAG = /^--?[A-Za-z][\w.-]{1,60}$/;
const NAME = /^[\w.:-]{1,64}$/;
const HEADER = /^(?:[A-Za-z][A-Za-z0-9]*-[\w-]+|authorization|cookie):?$/i;

/** The treatment of each property of an object that is treated itself as `own` says. */
export function recordTreatments(entries: readonly NamedText[], own: Treatment): readonly Treatment[] {
  const named = namedTreatment(entries);
  return entries.map(({ key }) => {
    const treatment = treatmentOf(key);
    if (treatment !== undefined) return treatment;
    if (named !== undefined && NAMED.test(key)) return named;
    if (isPartOfSecret(own)) return DESCRIBING.test(key) ? "scan" : "within";
    return isIdentifierName(key) ? "identifier" : "scan";
  });
}

/** The treatment of each element of an array: a flag or header name makes a secret of the element after it. */
export function listTreatments(texts: readonly (string | undefined)[], own: Treatment): readonly Treatment[] {
  if (isPartOfSecret(own)) return texts.map(() => own);
  const isPair = texts.length === 2;
  const isPassword = commandArguments(texts);
  return texts.map((text, index) => {
    if (isPassword[index] === true) return "secret";
    const before = texts[index - 1];
    if (before === undefined || text === undefined || text.startsWith("-")) return "scan";
    const isName =
      FLAG.test(before) || HEADER.test(before) || (isPair && NAME.test(before) && treatmentOf(text) === undefined);
    return (isName ? treatmentOf(before.replace(/:$/, "")) : undefined) ?? "scan";
  });
}

function isPartOfSecret(treatment: Treatment): boolean {
  return treatment === "secret" || treatment === "token" || treatment === "within";
}

function treatmentOf(name: string): Treatment | undefined {
  const kind = secretName(name);
  return kind === "header" ? "secret" : kind;
}

// `{ "name": "API_TOKEN", "value": "…" }`, as environments, headers and forms are listed.
function namedTreatment(entries: readonly NamedText[]): Treatment | undefined {
  for (const { key, text } of entries) {
    if (text === undefined || !NAMING.test(key)) continue;
    const treatment = treatmentOf(text);
    if (treatment !== undefined) return treatment;
  }
  return undefined;
}
