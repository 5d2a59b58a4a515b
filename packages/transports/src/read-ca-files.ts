import { constants } from "node:fs";
import { type FileHandle, open, opendir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type CaFiles, createCaFolder, isAbsent, isSmallFile, isTooLarge, readCaText, unreadable } from "./ca-files.ts";

/**
 * Reads the certificates of authorities from a PEM file of at most 4 MiB, or from every regular file of a folder in the order
 * of their names. Of a folder, hidden files, sub-folders, files above 4 MiB and files without a certificate are passed over,
 * links are followed, and more than 10,000 entries or 64 MiB are a fault. Each certificate counts once. Never rejects.
 */
export async function readCaFiles(path: string): Promise<CaFiles> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return await readFolder(path);
    return isTooLarge(found) ? { fault: "is larger than 4 MiB" } : readCaText(await readFile(path, "utf8"));
  } catch (error) {
    return unreadable(error);
  }
}

async function readFolder(path: string): Promise<CaFiles> {
  const folder = createCaFolder();
  for await (const entry of await opendir(path)) {
    if (!folder.addEntry(entry)) return folder.result();
  }
  for (const name of folder.names()) {
    if (!folder.addText(await readEntry(join(path, name)))) break;
  }
  return folder.result();
}

async function readEntry(path: string): Promise<string> {
  let file: FileHandle;
  try {
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK); // a pipe without a writer must not hold a thread
  } catch (error) {
    if (isAbsent(error)) return "";
    throw error;
  }
  try {
    return isSmallFile(await file.stat()) ? await file.readFile("utf8") : "";
  } finally {
    await file.close();
  }
}
