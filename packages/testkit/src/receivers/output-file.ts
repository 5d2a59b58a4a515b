import { existsSync, readFileSync } from "node:fs";

/** A file that a receiver writes to. */
export interface OutputFile {
  readonly path: string;
  /** What it holds, empty while it does not exist. Bytes that are not UTF-8 become U+FFFD: rsyslog passes them on. */
  readonly text: () => string;
  /** Reads it for the last time, because it is about to be removed. */
  readonly keep: () => void;
}

/** Follows the file at `path`. */
export function outputFile(path: string): OutputFile {
  let kept: string | undefined;
  const read = () => (existsSync(path) ? readFileSync(path, "utf8") : "");
  return {
    path,
    text: () => kept ?? read(),
    keep: () => {
      kept ??= read();
    },
  };
}
