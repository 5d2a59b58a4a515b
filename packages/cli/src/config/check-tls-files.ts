import { access, constants } from "node:fs/promises";
import { type SiemConfig } from "@clawmetry/siem-exporter";
import { readCode } from "../read-code.ts";
import { UsageError } from "../usage-error.ts";

const FILES = ["caFile", "certFile", "keyFile"] as const;

/**
 * Rejects with `UsageError` when a file of the TLS settings cannot be read. A daemon may get it later and tries again; a
 * command says so at once. Names the setting and no path: a key may have landed there.
 */
export async function checkTlsFiles({ tls = {} }: SiemConfig): Promise<void> {
  const problems: string[] = [];
  for (const name of FILES) {
    const path = tls[name];
    if (path === undefined) continue;
    await access(path, constants.R_OK).catch((error: unknown) => {
      problems.push(`the file of tls.${name} cannot be read (${readCode(error)})`);
    });
  }
  if (problems.length > 0) throw new UsageError(problems);
}
