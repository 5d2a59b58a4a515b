import { type MeasuredCut } from "./cut-size.ts";
import { type JsonSize } from "./json-size.ts";

/** What is never cut. */
export interface PlannedConstant extends JsonSize {
  readonly kind: "constant";
}

/** A text that is written as it is, up to a limit. */
export interface PlannedText {
  readonly kind: "text";
  readonly text: string;
  readonly parent: readonly string[];
  readonly key: string | number;
  readonly limit: "id" | "text";
  /** Of the whole text, once it was asked for. */
  size: JsonSize | undefined;
  /** How it is cut, once it was asked for. */
  cut: PlannedCut | undefined;
}

/** How a text is cut. */
export interface PlannedCut {
  readonly sizeOf: (most: number) => MeasuredCut;
  /** Of what `siem.truncated` says of it. */
  readonly nameBytes: number;
}

/** One entry of an array or object. */
export interface PlannedEntry {
  /** The key of a property. */
  readonly name: JsonSize | undefined;
  readonly value: PlannedValue;
}

/** An array or object. Its entries are looked at when they are asked for, one after the other: of a large one, most never are. */
export interface PlannedContainer {
  readonly kind: "container";
  readonly path: readonly string[];
  /** All that it has, also those that are not written. */
  readonly count: number;
  /** Undefined for one that is not written. */
  readonly entry: (index: number) => PlannedEntry | undefined;
}

/** What only writing it tells the size of: a Map, a Date, bytes, a cycle. */
export interface PlannedUnknown {
  readonly kind: "unknown";
}

/** A value of which only the size is needed, again and again. */
export type PlannedValue = PlannedConstant | PlannedText | PlannedContainer | PlannedUnknown;
