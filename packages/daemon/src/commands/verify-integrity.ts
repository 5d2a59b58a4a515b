import { describeStoreReport } from "../describe-store-report.ts";
import { oneLine, say } from "../say.ts";
import { type Terminal } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";
import { verifyStore } from "../verify-store.ts";
import { readStoreFile } from "./serve-settings.ts";

/** What `verify-integrity` takes. */
export interface VerifyIntegrityOptions {
  readonly store?: string;
  /** Default: all nodes. */
  readonly nodeId?: string;
  /** Whether the report is printed as JSON. */
  readonly json?: boolean;
}

/**
 * Verifies a store and prints what it proves: one line per node and fault, or one JSON object. Gives the exit code: 0 when nothing was
 * altered or lost, else 1. Rejects with `UsageError` for a node that is not there, and with `StoreError`.
 */
export async function verifyIntegrity(options: VerifyIntegrityOptions, terminal: Terminal): Promise<number> {
  const { json = false, nodeId } = options;
  const file = readStoreFile(options.store, terminal.env);
  const report = await verifyStore(file, { nodeId });
  if (nodeId !== undefined && report.chain.nodes.length === 0) throw new UsageError([`${file} has no node of that id`]);
  if (json) {
    terminal.stdout.write(`${JSON.stringify(report)}\n`);
  } else {
    for (const line of describeStoreReport(report)) terminal.stdout.write(`${oneLine(line)}\n`);
  }
  say(terminal, report.valid ? "nothing was altered or lost" : "the store is not as it was written");
  return report.valid ? 0 : 1;
}
