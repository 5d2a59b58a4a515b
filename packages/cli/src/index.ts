export { CollectorError } from "./collector/collector-error.ts";
export { createSelfSigned } from "./collector/create-self-signed.ts";
export type { SelfSigned } from "./collector/create-self-signed.ts";
export { decodeRecord } from "./collector/decode-record.ts";
export type { DecodedRecord, DecodeOptions, RecordBody } from "./collector/decode-record.ts";
export type { ListenAddress } from "./collector/parse-address.ts";
export type {
  CloseCollector,
  CollectorEvents,
  CollectorFault,
  CollectorProtocol,
  CollectorServer,
  ReceivedFrame,
} from "./collector/received-frame.ts";
export { recordFacts } from "./collector/record-facts.ts";
export type { RecordFacts } from "./collector/record-facts.ts";
export { startCollector } from "./collector/start-collector.ts";
export type { Collector, CollectorOptions } from "./collector/start-collector.ts";
export { run } from "./run.ts";
export { terminalText } from "./terminal-text.ts";
export type { Input, Output, StopSignal, Terminal } from "./terminal.ts";
