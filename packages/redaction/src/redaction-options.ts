/** A kind of personal data that can be switched off on its own. */
export type PersonalDataCategory = "email" | "iban" | "card" | "phone" | "nationalId";

/** What is removed, and how much is looked at. */
export interface RedactionOptions {
  /** Keys, tokens, passwords and other credentials. Default true. */
  readonly secrets?: boolean;
  /** Personal data: all kinds, none, or each kind on its own (a kind that is not named is on). Default true. */
  readonly personalData?: boolean | Readonly<Partial<Record<PersonalDataCategory, boolean>>>;
  /** Longest text that is scanned, in UTF-16 code units, for bytes in bytes; a longer one is withheld. Default 1 048 576, least 64. */
  readonly maxTextLength?: number;
  /** Deepest nesting of objects, arrays and JSON texts; what is deeper is withheld. Default 64, from 1 to 256. */
  readonly maxDepth?: number;
  /** Properties and elements of one event, those within JSON texts not counted; further ones are withheld. Default 100 000, least 1. */
  readonly maxEntries?: number;
}

/** The options with their defaults filled in. */
export interface RedactionSettings {
  readonly secrets: boolean;
  readonly personalData: Readonly<Record<PersonalDataCategory, boolean>>;
  readonly anyPersonalData: boolean;
  readonly maxTextLength: number;
  readonly maxDepth: number;
  readonly maxEntries: number;
}

const CATEGORIES: readonly PersonalDataCategory[] = ["email", "iban", "card", "phone", "nationalId"];

/** Fills in the defaults. Throws a RangeError that names the option when a limit is not a whole number of its range. */
export function resolveRedactionOptions(options: RedactionOptions = {}): RedactionSettings {
  const {
    secrets = true,
    personalData = true,
    maxTextLength = 1_048_576,
    maxDepth = 64,
    maxEntries = 100_000,
  } = options;
  // Below 64 a placeholder itself could be too long.
  requireWhole("maxTextLength", maxTextLength, 64, 268_435_456);
  requireWhole("maxDepth", maxDepth, 1, 256);
  requireWhole("maxEntries", maxEntries, 1, Number.MAX_SAFE_INTEGER);
  const chosen = resolveCategories(personalData);
  const anyPersonalData = CATEGORIES.some((category) => chosen[category]);
  return { secrets, personalData: chosen, anyPersonalData, maxTextLength, maxDepth, maxEntries };
}

function resolveCategories(
  chosen: boolean | Readonly<Partial<Record<PersonalDataCategory, boolean>>>,
): Readonly<Record<PersonalDataCategory, boolean>> {
  const on = (category: PersonalDataCategory) => (typeof chosen === "boolean" ? chosen : (chosen[category] ?? true));
  return { email: on("email"), iban: on("iban"), card: on("card"), phone: on("phone"), nationalId: on("nationalId") };
}

function requireWhole(option: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(`${option} must be a whole number from ${least} to ${most}, got ${value}`);
}
