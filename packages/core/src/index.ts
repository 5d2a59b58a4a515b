export { systemEffects } from "./effects.ts";
export type { Effects } from "./effects.ts";
export { OptionError, TransportError } from "./errors.ts";
export type { TransportErrorCode, TransportErrorOptions } from "./errors.ts";
export { memoryQueue } from "./memory-queue.ts";
export type { Formatter, Message, SendContext } from "./message.ts";
export type { DropPolicy, QueueLimits } from "./queue-limits.ts";
export type { Queue } from "./queue.ts";
export type { PeerInfo, Transport, TransportState } from "./transport.ts";
