import { join } from "node:path";

/** The spool folder of one of several targets, such as `DIR/tls_siem.example_6514`. */
export function spoolFolderOf(folder: string, target: string): string {
  return join(folder, target.replace("://", "_").replace(/[^A-Za-z0-9._-]/g, "_"));
}
