import { readFile } from "node:fs/promises";
import { readCode } from "../read-code.ts";
import { UsageError } from "../usage-error.ts";

/**
 * Reads the value under `siem` of a JSON file. Rejects with `UsageError` that names the file and what is wrong, never what is
 * in it.
 */
export async function readSection(file: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw new UsageError([`--config: ${file} cannot be read (${readCode(error)})`]);
  });
  const value = parse(text.replace(/^\ufeff/, ""), file);
  if (typeof value !== "object" || value === null || !("siem" in value)) {
    throw new UsageError([`--config: ${file} must hold an object with the section siem`]);
  }
  return value.siem;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError([`--config: ${file} is not JSON`]); // the parser's message repeats a piece of the file
  }
}
