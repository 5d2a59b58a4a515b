import { type LossReport } from "./loss-report.ts";
import { type ShownFacts } from "./shown-otherwise.ts";

/** The number of a message: each exporter counts its own, under the boot id that it draws at its start. */
export interface LineSequence {
  /** 8 hex digits in lower case. */
  readonly boot: string;
  /** From 1. */
  readonly number: number;
}

/** An event as a line holds it. */
export interface HeldEvent {
  readonly format: "cef" | "json";
  readonly signatureId: number;
  /** The chained fields, the hashes and, where the format has it, `data`: under the names that the event had them. */
  readonly event: Readonly<Record<string, unknown>>;
  /** The chained fields that the line says it does not hold exactly. */
  readonly changed: readonly string[];
  /** Whether the line says that `data` or its hash was cut. */
  readonly payloadCut: boolean;
  /** Undefined where the line has no number, or none that can be. */
  readonly sequence: LineSequence | undefined;
  readonly shown: ShownFacts;
  /** What an event 9001 tells. */
  readonly loss: LossReport | undefined;
}

/** What a line, or an entry of an export, is. A reason holds nothing of the input. `foreign`: well-formed, and not of this exporter. */
export type LineRecord =
  | { readonly kind: "event"; readonly held: HeldEvent }
  | { readonly kind: "foreign" | "unreadable"; readonly reason: string };
