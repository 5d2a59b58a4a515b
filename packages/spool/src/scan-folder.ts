import { join } from "node:path";
import { parseSegmentName } from "./segment-name.ts";
import { scanSegment, type ScannedSegment } from "./scan-segment.ts";
import { type SpoolFiles } from "./spool-files.ts";

/**
 * Reads all files of records in a folder, oldest first; those of one severity follow each other. Passes over one that is deleted
 * meanwhile. Throws what the file system throws.
 */
export function scanFolder(files: SpoolFiles, folder: string, confirmedOrder: number): readonly ScannedSegment[] {
  return files
    .readdirSync(folder)
    .flatMap((file) => {
      const name = parseSegmentName(file);
      return name === undefined ? [] : [{ name, path: join(folder, file) }];
    })
    .sort((one, other) => one.name.order - other.name.order)
    .flatMap(({ name, path }) => {
      try {
        return [scanSegment(files, name, path, confirmedOrder)];
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
        throw error;
      }
    });
}
