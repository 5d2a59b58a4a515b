import { type Dirent, type Stats } from "node:fs";
import { readCode } from "./read-code.ts";
import { takeCertificates } from "./take-certificates.ts";

const MAX_FILE_BYTES = 4 * 1024 * 1024;
const MAX_FOLDER_BYTES = 16 * MAX_FILE_BYTES;
const MAX_ENTRIES = 10_000;

/** The certificates of authorities, each a PEM text, or what is wrong with their file: `cannot be read (ENOENT)`. */
export type CaFiles = { readonly certificates: readonly string[] } | { readonly fault: string };

/** Gathers the certificates of a folder within bounds. The first fault ends it. */
export interface CaFolder {
  /** Takes note of an entry. Gives whether there is room for more. */
  readonly addEntry: (entry: Dirent) => boolean;
  /** The names of the entries to read, sorted. */
  readonly names: () => readonly string[];
  /** Takes the certificates of a file. Gives whether there is room for more. */
  readonly addText: (text: string) => boolean;
  readonly result: () => CaFiles;
}

/** Starts with no entry. At most 10,000 entries and 64 MiB of text fit. */
export function createCaFolder(): CaFolder {
  const names: string[] = [];
  const found = new Map<string, string>();
  let entries = 0;
  let length = 0;
  return {
    addEntry: (entry) => {
      if (!entry.name.startsWith(".") && (entry.isFile() || entry.isSymbolicLink())) names.push(entry.name);
      return ++entries <= MAX_ENTRIES;
    },
    names: () => names.sort(),
    addText: (text) => {
      length += text.length;
      if (length <= MAX_FOLDER_BYTES) takeCertificates(text, found);
      return length <= MAX_FOLDER_BYTES;
    },
    result: () => {
      if (entries > MAX_ENTRIES) return { fault: `is a folder of more than ${MAX_ENTRIES} entries` };
      if (length > MAX_FOLDER_BYTES) return { fault: "is a folder of more than 64 MiB" };
      if (found.size === 0) return { fault: "is a folder in which no file holds a PEM certificate" };
      return { certificates: [...found.values()] };
    },
  };
}

/** The certificates of a single file. */
export function readCaText(text: string): CaFiles {
  const found = new Map<string, string>();
  takeCertificates(text, found);
  return found.size === 0 ? { fault: "holds no PEM certificate" } : { certificates: [...found.values()] };
}

/** Whether an entry of a folder is read: a regular file of at most 4 MiB. */
export function isSmallFile(file: Stats): boolean {
  return file.isFile() && file.size <= MAX_FILE_BYTES;
}

/** Whether a file that is named itself is refused. A pipe has no size, and is read to its end. */
export function isTooLarge(file: Stats): boolean {
  return file.size > MAX_FILE_BYTES;
}

/** Whether an entry of a folder cannot be opened because it is no file: gone, a link to nothing, a socket. */
export function isAbsent(error: unknown): boolean {
  return ["ENOENT", "ELOOP", "ENXIO"].includes(readCode(error));
}

/** The fault for an error of the file system. Tells no path. */
export function unreadable(error: unknown): CaFiles {
  return { fault: `cannot be read (${readCode(error)})` };
}
