import { closeSync, constants, fstatSync, opendirSync, openSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { type CaFiles, createCaFolder, isAbsent, isSmallFile, isTooLarge, readCaText, unreadable } from "./ca-files.ts";

/** The same as `readCaFiles`, at once: for a check at the start of a program. Takes regular files and folders only. Never throws. */
export function readCaFilesSync(path: string): CaFiles {
  try {
    const found = statSync(path);
    if (found.isDirectory()) return readFolder(path);
    if (!found.isFile()) return { fault: "is no regular file and no folder" }; // a pipe could hold us for ever
    return isTooLarge(found) ? { fault: "is larger than 4 MiB" } : readCaText(readFileSync(path, "utf8"));
  } catch (error) {
    return unreadable(error);
  }
}

function readFolder(path: string): CaFiles {
  const folder = createCaFolder();
  const entries = opendirSync(path);
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
      if (!folder.addEntry(entry)) return folder.result();
    }
  } finally {
    entries.closeSync();
  }
  for (const name of folder.names()) {
    if (!folder.addText(readEntry(join(path, name)))) break;
  }
  return folder.result();
}

function readEntry(path: string): string {
  let file: number;
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (isAbsent(error)) return "";
    throw error;
  }
  try {
    return isSmallFile(fstatSync(file)) ? readFileSync(file, "utf8") : "";
  } finally {
    closeSync(file);
  }
}
