import { type ChainedField } from "@clawmetry/siem-events";

/** What a field loses when the record is too long. `never`: nothing. `id`: what exceeds 64 characters, and only last. */
export type FieldCut = "never" | "id" | "end" | "middle";

/** One extension field, clean and not yet escaped. */
export interface CefField {
  readonly key: string;
  /** Name of a custom field: written before it as `<key>Label`. */
  readonly label?: string | undefined;
  readonly text: string;
  readonly cut: FieldCut;
  /** The chained field that is read back from here. */
  readonly chained?: ChainedField | undefined;
}

/** The field as it is written, with its label. */
export function fieldText(field: CefField, escape: (clean: string) => string): string {
  const label = field.label === undefined ? "" : `${field.key}Label=${field.label} `;
  return `${label}${field.key}=${escape(field.text)}`;
}
