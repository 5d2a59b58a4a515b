export { OptionError, TransportError } from "./errors.ts";
export type { TransportErrorCode, TransportErrorOptions } from "./errors.ts";
export type { Formatter, Message, SendContext } from "./message.ts";
export type { Queue } from "./queue.ts";
export type { PeerInfo, Transport, TransportState } from "./transport.ts";
