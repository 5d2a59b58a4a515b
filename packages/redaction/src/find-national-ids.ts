import { passesLuhn } from "./luhn.ts";
import {
  isAadhaar,
  isAhv,
  isBsn,
  isCodiceFiscale,
  isCpf,
  isDni,
  isNir,
  isPesel,
  isRijksregister,
  isSteuerId,
} from "./national-id-checks.ts";
import { nextMatch, type Scan, textBefore } from "./scan.ts";
import type { Detector, Span } from "./span.ts";

interface NationalId {
  readonly name: string;
  readonly pattern: RegExp;
  /** Gets the characters without separators. Where it is missing, the number has no check digit, and its form must say enough. */
  readonly check?: (characters: string) => boolean;
  /** A word that must stand before it, or be the name of its field: nine or eleven digits alone may be anything. */
  readonly announcedBy?: RegExp;
}

const SEPARATORS = /[ .\u00a0-]/g;
const BEFORE = 40;
// The name in a placeholder, whole or cut off, announces nothing.
const PLACEHOLDER = /(?:^|\[)[a-z:-]{1,32}\]/g;
// Cheap: most texts hold no run of digits that could be one.
const CANDIDATE = /[0-9]{4}|[0-9]{2,3}[ .-][0-9]{2,3}|[A-Za-z]{6}[0-9LMNP-Vlmnp-v]{2}/;

const TABLE: readonly NationalId[] = [
  { name: "us-ssn", pattern: /(?<![\w.-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\w-]|\.[0-9])/g },
  {
    name: "us-ssn",
    pattern: /(?<![\w.-])(?!000|666|9)[0-9]{3} ?(?!00)[0-9]{2} ?(?!0000)[0-9]{4}(?![\w-]|\.[0-9])/g,
    announcedBy: /\bssn\b|social.?security/,
  },
  {
    name: "uk-nino",
    pattern:
      /(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D](?![A-Za-z0-9])/g,
  },
  {
    name: "de-steuer-id",
    pattern: /(?<![\w.+/-])[1-9][0-9](?: ?[0-9]{3}){3}(?![\w/-]|\.[0-9])/g,
    check: isSteuerId,
  },
  {
    name: "fr-nir",
    pattern:
      /(?<![\w.+-])[1278] ?[0-9]{2} ?(?:0[1-9]|1[0-2]|[2-9][0-9]) ?(?:[0-9]{2}|2[ABab]) ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}(?![\w-]|\.[0-9])/g,
    check: isNir,
  },
  { name: "es-dni", pattern: /(?<![\w.-])[0-9]{8}-?[A-HJ-NP-TV-Z](?![\w-])/g, check: isDni },
  { name: "es-nie", pattern: /(?<![\w.-])[XYZ]-?[0-9]{7}-?[A-HJ-NP-TV-Z](?![\w-])/g, check: isDni },
  {
    name: "it-codice-fiscale",
    pattern: /(?<!\w)[A-Z]{6}[0-9LMNP-V]{2}[ABCDEHLMPRST][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z](?!\w)/gi,
    check: isCodiceFiscale,
  },
  {
    name: "nl-bsn",
    pattern: /(?<![\w.+/-])[0-9]{9}(?![\w/-]|\.[0-9])/g,
    check: isBsn,
    announcedBy: /\bbsn|burgerservice|sofi/,
  },
  {
    name: "in-aadhaar",
    pattern: /(?<![\w.-])[2-9][0-9]{3}([ -])[0-9]{4}\1[0-9]{4}(?![\w-]|[ .][0-9])/g,
    check: isAadhaar,
  },
  {
    name: "in-aadhaar",
    pattern: /(?<![\w.-])[2-9][0-9]{11}(?![\w-]|\.[0-9])/g,
    check: isAadhaar,
    announcedBy: /aadhaa?r|uidai/,
  },
  { name: "ch-ahv", pattern: /(?<![\w.-])756\.?[0-9]{4}\.?[0-9]{4}\.?[0-9]{2}(?![\w-]|\.[0-9])/g, check: isAhv },
  {
    name: "be-rijksregister",
    pattern: /(?<![\w.-])[0-9]{2}\.[0-9]{2}\.[0-9]{2}-[0-9]{3}\.[0-9]{2}(?![\w-]|\.[0-9])/g,
    check: isRijksregister,
  },
  { name: "br-cpf", pattern: /(?<![\w.-])[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}(?![\w-]|\.[0-9])/g, check: isCpf },
  { name: "pl-pesel", pattern: /(?<![\w.+-])[0-9]{11}(?![\w-]|\.[0-9])/g, check: isPesel, announcedBy: /pesel/ },
  {
    name: "ca-sin",
    pattern: /(?<![\w.-])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}(?![\w-]|\.[0-9])/g,
    check: passesLuhn,
    announcedBy: /\bsin\b|social.?insurance/,
  },
];

/** National identification numbers, by form and check digits. `fieldName` counts as a word before the text. */
export function nationalIdDetector(fieldName: string): Detector {
  return (scan, found) => {
    scan.work += scan.text.length;
    if (!CANDIDATE.test(scan.text)) return;
    for (const row of TABLE) findByRow(scan, row, fieldName, found);
  };
}

function findByRow(scan: Scan, row: NationalId, fieldName: string, found: Span[]): void {
  for (let from = 0; ; ) {
    const match = nextMatch(scan, row.pattern, from);
    if (match === undefined) return;
    const start = match.index;
    from = start + match[0].length;
    if (row.check?.(match[0].replace(SEPARATORS, "")) === false) continue;
    if (row.announcedBy !== undefined && !row.announcedBy.test(announcement(scan, start, fieldName))) continue;
    found.push({ start, end: from, placeholder: `[national-id:${row.name}]` });
  }
}

function announcement(scan: Scan, start: number, fieldName: string): string {
  return `${fieldName.replace(PLACEHOLDER, " ")} ${textBefore(scan, start, BEFORE).replace(PLACEHOLDER, " ")}`
    .replace(/_/g, " ")
    .toLowerCase();
}
