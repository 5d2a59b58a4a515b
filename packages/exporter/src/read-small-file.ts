import { readFileSync, statSync } from "node:fs";

// The authorities of a whole system need a quarter of one.
const MAX_MEBIBYTES = 4;

/**
 * The text of a regular file of at most 4 MiB, or in words why it cannot be had. Never waits for a pipe or a device.
 */
export function readSmallFile(path: string): { readonly text: string } | { readonly fault: string } {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) return { fault: "it is no regular file" };
    if (stats.size > MAX_MEBIBYTES * 1024 * 1024) return { fault: `it is larger than ${MAX_MEBIBYTES} MiB` };
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    return { fault: `it cannot be read (${codeOf(error)})` };
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "unknown error";
}
