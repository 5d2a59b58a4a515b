import { join } from "node:path";
import { type PreviousRun } from "@clawmetry/siem-core";
import { lockHolder } from "./folder-lock.ts";
import { scanFolder } from "./scan-folder.ts";
import { parseSegmentName } from "./segment-name.ts";
import { systemFiles } from "./spool-files.ts";
import { readState, type SpoolState } from "./spool-state.ts";

/** What a spool holds. */
export interface SpoolReport {
  readonly folder: string;
  /** Events that wait. */
  readonly events: number;
  /** UTF-8 bytes of their lines. */
  readonly eventBytes: number;
  /** Bytes of all files of records. */
  readonly bytes: number;
  /** When the oldest of them was given to `send`, in milliseconds since 1970. Absent without events. */
  readonly oldestMs?: number;
  /** Events by syslog severity, from 0 (most severe) to 7. Only those that occur. */
  readonly bySeverity: Readonly<Record<string, number>>;
  /** Records that cannot be read, as far as what is left of them shows. */
  readonly damaged: number;
  /** The process that used it last, or uses it. Absent when none did, or what it wrote down is damaged. */
  readonly last?: PreviousRun;
  /** Id of the process that uses it now. Absent when none does. */
  readonly usedBy?: number;
}

/**
 * Reads a spool and changes nothing, also while another process uses it: then what that process has in memory does not show, and
 * a record that is being written may show as damage. Throws what the file system throws.
 */
export function inspectSpool(folder: string): SpoolReport {
  const state = readState(systemFiles, folder);
  const scanned = scanFolder(systemFiles, folder, state?.confirmedOrder ?? 0);
  const oldest = scanned.flatMap(({ oldestMs }) => (oldestMs === undefined ? [] : [oldestMs]));
  const usedBy = lockHolder(systemFiles, folder)?.pid;
  const bySeverity: Record<string, number> = {};
  for (const { segment } of scanned) {
    if (segment.unread > 0) bySeverity[segment.severity] = (bySeverity[segment.severity] ?? 0) + segment.unread;
  }
  return {
    folder,
    events: scanned.reduce((sum, { segment }) => sum + segment.unread, 0),
    eventBytes: scanned.reduce((sum, { textBytes }) => sum + textBytes, 0),
    bytes: scanned.reduce((sum, { segment }) => sum + segment.bytes, 0),
    ...(oldest.length > 0 && { oldestMs: oldest.reduce((one, other) => Math.min(one, other)) }),
    bySeverity,
    damaged: scanned.reduce((sum, { damaged }) => sum + (damaged?.count ?? 0), 0),
    ...(state !== undefined && { last: lastOf(state) }),
    ...(usedBy !== undefined && { usedBy }),
  };
}

/**
 * The spools at a path: the folder itself, and the folders in it, as an exporter to several collectors makes them. Throws what the
 * file system throws.
 */
export function findSpools(folder: string): readonly string[] {
  const inside = systemFiles
    .readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [join(folder, entry.name)] : []));
  return [folder, ...inside].filter(isSpool);
}

function lastOf({ boot, clean, lastSeq, confirmedSeq, untold }: SpoolState): PreviousRun {
  return { boot, clean, lastSeq, confirmedSeq, untold };
}

function isSpool(folder: string): boolean {
  return systemFiles.readdirSync(folder).some((name) => name === "state.json" || parseSegmentName(name) !== undefined);
}
