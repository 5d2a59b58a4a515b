import { isHarmlessValue, isPathValue } from "./harmless-value.ts";
import { isPlaceholder, redacted, withheld } from "./placeholder.ts";
import { type LeafRedaction, redactJson } from "./redact-json.ts";
import { redactPlainText } from "./redact-plain-text.ts";
import type { RedactionSettings } from "./redaction-options.ts";
import type { Treatment } from "./treatment.ts";

/** A text and where it stands. */
export interface PlacedText {
  readonly text: string;
  readonly treatment: Treatment;
  /** The name that the text stands under, or nothing. */
  readonly name: string;
  /** How many levels of objects, arrays and JSON texts are around it. */
  readonly depth: number;
}

const MOST_PASSES = 4;
// Most names and many values: too short for a token, and without any character that a detector needs.
const PLAIN = /^[A-Za-z_]{0,15}$/;
const SCHEME = /^(?:bearer|basic|token|apikey|api-key|negotiate|ntlm|jwt|bot)[ \t]{1,8}(?=\S+$)/i;
const DIGITS = /^-?[0-9]{11,19}$/;

/** A text without what its treatment removes. Redacting the result again changes nothing. */
export function redactPlacedText(placed: PlacedText, settings: RedactionSettings): string {
  const { text, treatment } = placed;
  if (text.length > settings.maxTextLength) return withheld(text.length);
  if (settings.secrets && isWhole(treatment)) return redactWhole(placed);
  const result = redactUntilStable(placed, treatment === "identifier" ? onlySecrets(settings) : settings);
  return result.length > settings.maxTextLength ? withheld(text.length) : result;
}

/**
 * What a number becomes, given as it is written: a placeholder where it is a secret, or where its digits are personal data; else
 * undefined.
 */
export function redactNumber(
  written: string,
  { treatment, name }: Omit<PlacedText, "text">,
  settings: RedactionSettings,
): string | undefined {
  if (settings.secrets && treatment === "secret") return redacted(written);
  if (treatment !== "scan" || !settings.anyPersonalData || !DIGITS.test(written)) return undefined;
  const result = redactPlainText(written, settings, name);
  return result === written ? undefined : result;
}

function isWhole(treatment: Treatment): boolean {
  return treatment === "secret" || treatment === "token" || treatment === "within";
}

function redactWhole({ text, name }: PlacedText): string {
  const scheme = SCHEME.exec(text)?.[0] ?? "";
  const secret = text.slice(scheme.length);
  if (isHarmlessValue(secret) || (/pwd$/i.test(name) && isPathValue(secret))) return text;
  if (/credentials$/i.test(name) && /^(?:include|omit|same-origin)$/.test(secret)) return text;
  return scheme + redacted(secret);
}

function onlySecrets(settings: RedactionSettings): RedactionSettings {
  const off = { email: false, iban: false, card: false, phone: false, nationalId: false };
  return { ...settings, personalData: off, anyPersonalData: false };
}

// A placeholder changes what is beside it, so that one more thing may come to light. What never comes to rest is withheld.
function redactUntilStable(placed: PlacedText, settings: RedactionSettings): string {
  let text = placed.text;
  if (PLAIN.test(text) || isPlaceholder(text)) return text;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const next = redactJson({ ...placed, text }, settings, LEAF) ?? redactPlainText(text, settings, placed.name);
    if (next === text) return text;
    text = next;
  }
  return withheld("unstable");
}

const LEAF: LeafRedaction = { text: redactPlacedText, number: redactNumber };
