export { findSpools, inspectSpool } from "./inspect-spool.ts";
export type { SpoolReport } from "./inspect-spool.ts";
export { openSpool } from "./open-spool.ts";
export type { Spool } from "./open-spool.ts";
export { SpoolError } from "./spool-error.ts";
export type { SpoolErrorCode } from "./spool-error.ts";
export type { SpoolFiles } from "./spool-files.ts";
export type { SpoolOptions, SpoolSync } from "./spool-options.ts";
