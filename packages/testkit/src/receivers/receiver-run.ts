import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OutputFile, outputFile } from "./output-file.ts";
import { type RecordFile, recordFile } from "./record-file.ts";

/** What a receiver leaves on the disk. */
export interface ReceiverRun {
  readonly folder: string;
  readonly records: RecordFile;
  readonly internalLog: OutputFile;
  /** Removes the folder. What was written is kept in memory. */
  readonly remove: () => Promise<void>;
}

/** Makes a temporary folder for a receiver. Its records are written to `recordFolder`, by default the same. */
export async function createReceiverRun(name: string, recordFolder?: string): Promise<ReceiverRun> {
  const folder = await mkdtemp(join(tmpdir(), `siem-${name}-`));
  const records = recordFile(join(recordFolder ?? folder, "records.ndjson"));
  const internalLog = outputFile(join(folder, "internal.log"));
  return {
    folder,
    records,
    internalLog,
    remove: async () => {
      records.read();
      internalLog.keep();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
