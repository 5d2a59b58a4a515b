import { chainedFields, readProperty } from "@clawmetry/siem-events";
import { chainHash, isChainHash } from "./chain-hash.ts";
import type { AlteredEvent } from "./chain-report.ts";

/** What the hashes of one event say of it, before any other is looked at. */
export type Stamp =
  | { readonly kind: "not_chained" }
  | { readonly kind: "linked"; readonly hash: string; readonly previousHash: string }
  | {
      readonly kind: "unproven";
      readonly hash: string;
      readonly previousHash: string;
      readonly fields: readonly string[];
    }
  | {
      readonly kind: "altered";
      readonly changed: AlteredEvent["changed"];
      readonly hash: string | undefined;
      readonly previousHash: string | undefined;
      /** The hash that it should have after `previousHash`. */
      readonly expected: string | undefined;
    };

/**
 * Computes the hash of an event again. `changed`: fields that it does not hold exactly. `lastHash`: that of the event read before,
 * which shows whether only the previous hash was changed. Never throws.
 */
export function readStamp(event: unknown, changed: readonly string[], lastHash: string): Stamp {
  if (typeof event !== "object" || event === null) return { kind: "not_chained" };
  const hash = given(event, "chain_hash");
  const previousHash = given(event, "chain_prev_hash");
  if (hash === undefined && previousHash === undefined) return { kind: "not_chained" };
  if (!isChainHash(hash) || !isChainHash(previousHash)) return illFormed(event, hash, previousHash, lastHash);
  const expected = chainHash(event, previousHash);
  if (expected === hash) return { kind: "linked", hash: expected, previousHash };
  const fields = chainedFields.filter((field) => changed.includes(field));
  if (fields.length > 0) return { kind: "unproven", hash, previousHash, fields };
  const cause = chainHash(event, lastHash) === hash ? "chain_prev_hash" : "unknown";
  return { kind: "altered", changed: cause, hash, previousHash, expected };
}

// A stamp always writes two hashes: one that is missing or is none was changed.
function illFormed(event: object, hash: unknown, previousHash: unknown, lastHash: string): Stamp {
  const unchanged = isChainHash(hash) ? hash : undefined;
  const previous = isChainHash(previousHash) ? previousHash : undefined;
  const expected = previous === undefined ? undefined : chainHash(event, previous);
  const follows = unchanged !== undefined && chainHash(event, lastHash) === unchanged;
  const changed = follows ? "chain_prev_hash" : "unknown";
  return { kind: "altered", changed, hash: unchanged, previousHash: previous, expected };
}

function given(event: object, key: string): unknown {
  const value = readProperty(event, key);
  return value === null || value === "" ? undefined : value;
}
