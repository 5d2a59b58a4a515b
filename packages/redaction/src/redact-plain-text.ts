import { findAuthorization } from "./find-authorization.ts";
import { findCards } from "./find-cards.ts";
import { findCommandSecrets } from "./find-command-secrets.ts";
import { findEmails } from "./find-emails.ts";
import { findIbans } from "./find-ibans.ts";
import { findJsonWebTokens } from "./find-json-web-tokens.ts";
import { findNamedSecrets } from "./find-named-secrets.ts";
import { nationalIdDetector } from "./find-national-ids.ts";
import { findPhones } from "./find-phones.ts";
import { findPrivateKeys } from "./find-private-keys.ts";
import { findProviderTokens } from "./find-provider-tokens.ts";
import { findQuerySecrets } from "./find-query-secrets.ts";
import { findUrlPasswords } from "./find-url-passwords.ts";
import type { RedactionSettings } from "./redaction-options.ts";
import { scanOf } from "./scan.ts";
import { type Detector, replaceSpans, type Span } from "./span.ts";

/** Every detector of secrets in free text. */
export const secretDetectors: readonly Detector[] = [
  findPrivateKeys,
  findNamedSecrets,
  findAuthorization,
  findJsonWebTokens,
  findProviderTokens,
  findUrlPasswords,
  findQuerySecrets,
  findCommandSecrets,
];

/** Replaces what the detectors find in a text that is not JSON, once. `fieldName` is the name that the text stands under. */
export function redactPlainText(text: string, settings: RedactionSettings, fieldName: string): string {
  const scan = scanOf(text);
  const found: Span[] = [];
  if (settings.secrets) for (const detect of secretDetectors) detect(scan, found);
  for (const detect of personalDetectors(settings, fieldName)) detect(scan, found);
  return found.length === 0 ? text : replaceSpans(text, found);
}

function personalDetectors(
  { personalData, anyPersonalData }: RedactionSettings,
  fieldName: string,
): readonly Detector[] {
  if (!anyPersonalData) return [];
  const detectors: Detector[] = [];
  if (personalData.iban) detectors.push(findIbans);
  if (personalData.card) detectors.push(findCards);
  if (personalData.nationalId) detectors.push(nationalIdDetector(fieldName));
  if (personalData.phone) detectors.push(findPhones);
  if (personalData.email) detectors.push(findEmails);
  return detectors;
}
