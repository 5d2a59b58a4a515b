import { type ChainedField, chainedFields } from "@clawmetry/siem-events";
import { type FieldCut } from "./cef-field.ts";
import { maxLengthOf } from "./dictionary.ts";

/** A key of the event mapping, with everything about it that is the same for every event. */
export interface CefKey {
  readonly key: string;
  /** Name of a custom field. */
  readonly label: string | undefined;
  readonly cut: FieldCut;
  /** The chained field that is read back from here. */
  readonly chained: ChainedField | undefined;
  /** The bit of that field (see `chainedBit`), else 0. */
  readonly chainedBit: number;
  /** The greatest length of its value in characters. */
  readonly maxLength: number;
  /** What is written before the value of the first field of a record: the label, the key, `=`. */
  readonly start: string;
  /** The same for every other field: with a space before it. */
  readonly next: string;
}

/** How a key differs from one that holds a text. */
export interface CefKeyOptions {
  readonly label?: string;
  /** Default `end`. */
  readonly cut?: FieldCut;
  readonly chained?: ChainedField;
}

// `Clawmetry…` keys are not in the dictionary.
const OWN_KEY_LENGTH = 1023;

/** A key of the event mapping. */
export function cefKey(key: string, { label, cut = "end", chained }: CefKeyOptions = {}): CefKey {
  const start = label === undefined ? `${key}=` : `${key}Label=${label} ${key}=`;
  const maxLength = key.startsWith("Clawmetry") ? OWN_KEY_LENGTH : maxLengthOf(key);
  return { key, label, cut, chained, chainedBit: chainedBit(chained), maxLength, start, next: ` ${start}` };
}

/** The bit that stands for a chained field. 0 for none. */
export function chainedBit(field: ChainedField | undefined): number {
  return field === undefined ? 0 : 1 << chainedFields.indexOf(field);
}
