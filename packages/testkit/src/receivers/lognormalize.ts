import { configurationFile } from "./receiver-files.ts";
import { runProgram } from "./run-program.ts";

const HEADER = /^(CEF:0(?:\|(?:[^|\\]|\\.)*){6}\|)(?=[^ ])/;

/** A record as liblognorm reads it. Where it refuses the line, `unparsed-data` is the only key of use. */
export interface NormalizedRecord {
  readonly [key: string]: unknown;
}

/**
 * Parses CEF with somebody else's strict parser: the `cef` type of liblognorm. Gives `cef` with `DeviceVendor`,
 * `DeviceProduct`, `DeviceVersion`, `SignatureID`, `Name`, `Severity` and `Extensions`, or `unparsed-data`, for each line.
 */
export async function lognormalize(lines: readonly string[]): Promise<readonly NormalizedRecord[]> {
  // liblognorm 2.0.6 drops the first character of the first key unless a space stands before it.
  const input = lines.map((line) => `${line.replace(HEADER, "$1 ")}\n`).join("");
  const output = await runProgram("lognormalizer", ["-r", configurationFile("cef.rulebase"), "-e", "json"], input);
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as NormalizedRecord);
}

/** A CEF record as our parser gives it. */
export interface CefReading {
  readonly deviceVendor: string;
  readonly deviceProduct: string;
  readonly deviceVersion: string;
  readonly signatureId: string | number;
  readonly name: string;
  readonly severity: number;
  readonly extensions: object;
}

/** What liblognorm gives for a record that it reads as we do. */
export function normalizedForm(reading: CefReading): NormalizedRecord {
  return {
    cef: {
      DeviceVendor: reading.deviceVendor,
      DeviceProduct: reading.deviceProduct,
      DeviceVersion: reading.deviceVersion,
      SignatureID: String(reading.signatureId),
      Name: reading.name,
      Severity: String(reading.severity),
      Extensions: reading.extensions,
    },
  };
}
