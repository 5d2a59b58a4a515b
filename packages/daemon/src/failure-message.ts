import { StoreError } from "./store/store-error.ts";

/** What may be told of an error. The messages of our own errors hold no event content; those of others might. */
export function failureMessage(cause: unknown): string {
  if (cause instanceof StoreError) return cause.message;
  return cause instanceof Error ? `an unexpected ${cause.name}` : "an unexpected failure";
}
