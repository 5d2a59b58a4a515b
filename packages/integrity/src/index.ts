export { CanonicalJsonError } from "./canonical-json-error.ts";
export type { CanonicalJsonReason } from "./canonical-json-error.ts";
export { canonicalJson } from "./canonical-json.ts";
export { chainedJson, chainHash, genesisHash, isChainHash } from "./chain-hash.ts";
export type { ChainHeads } from "./chain-heads.ts";
export type {
  AlteredEvent,
  ChainReport,
  ChainStatus,
  ConflictingEvent,
  DuplicatedEvent,
  EventPlace,
  Fork,
  MissingLink,
  NodeReport,
  UnverifiableEvent,
} from "./chain-report.ts";
export { createChainVerifier } from "./chain-verifier.ts";
export type { ChainVerifier, ChainVerifierOptions } from "./chain-verifier.ts";
export { payloadHash } from "./payload-hash.ts";
export { stampEvent } from "./stamp-event.ts";
export type { StampedEvent, StampOptions } from "./stamp-event.ts";
export { stampEvents } from "./stamp-events.ts";
export type { StampedBatch } from "./stamp-events.ts";
export { verifyChain } from "./verify-chain.ts";
export type { VerifyChainOptions } from "./verify-chain.ts";
export { verifyPayload } from "./verify-payload.ts";
export type { PayloadStatus } from "./verify-payload.ts";
