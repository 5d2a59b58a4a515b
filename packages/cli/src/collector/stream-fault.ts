import { type CollectorFault } from "./received-frame.ts";

/** What is wrong with a connection. */
export type StreamFault = Pick<CollectorFault, "kind" | "reason">;
