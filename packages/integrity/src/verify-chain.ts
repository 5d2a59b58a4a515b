import type { ChainReport } from "./chain-report.ts";
import { type ChainVerifierOptions, createChainVerifier } from "./chain-verifier.ts";

export interface VerifyChainOptions extends ChainVerifierOptions {
  /** The chained fields that an event does not hold exactly. Default: it holds all of them. */
  readonly changed?: (event: unknown) => readonly string[];
}

/**
 * Verifies the hash chain of each node from the events alone, in any order and with copies: it computes every hash again and follows
 * the links. Keeps hashes and ids only, so that the events may be a stream. Rejects only when the source or `changed` throws; no
 * event makes it fail.
 */
export async function verifyChain(
  events: Iterable<unknown> | AsyncIterable<unknown>,
  { changed, ...options }: VerifyChainOptions = {},
): Promise<ChainReport> {
  const verifier = createChainVerifier(options);
  if (Symbol.iterator in events) {
    // Without `await`, which would call an event that has a method `then`.
    for (const event of events) verifier.add(event, changed?.(event));
  } else {
    for await (const event of events) verifier.add(event, changed?.(event));
  }
  return verifier.report();
}
