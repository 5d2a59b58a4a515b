import { placesOf } from "./fact-keys.ts";
import { type Sources } from "./fact-source.ts";
import { first, firstNumber, firstText } from "./facts.ts";
import { errorText, type Outcome } from "./outcome.ts";
import { isThreatSignature } from "./signature-families.ts";

const BUDGET_EXCEEDED = 5001;
const DAEMON_ERROR = 9002;
const REASON = placesOf("reason");
const THREAT_REASON = placesOf("description", "title", "summary", "message");
const MESSAGE = placesOf("message");
const ERROR = placesOf("error");
const SPENT = placesOf("spent_usd");
const LIMIT = placesOf("limit_usd");
const SCOPE = placesOf("scope");

/** Why something happened or failed. Undefined where the event does not say. */
export function readReason(id: number, outcome: Outcome | undefined, sources: Sources): string | undefined {
  const reason = firstText(sources, REASON);
  if (reason !== undefined) return reason;
  if (isThreatSignature(id)) return firstText(sources, THREAT_REASON);
  if (id === DAEMON_ERROR) return firstText(sources, MESSAGE) ?? first(sources, ERROR, errorText);
  if (id === BUDGET_EXCEEDED) return budgetReason(sources);
  return outcome === "failure" ? first(sources, ERROR, errorText) : undefined;
}

function budgetReason(sources: Sources): string | undefined {
  const spent = firstNumber(sources, SPENT);
  const limit = firstNumber(sources, LIMIT);
  const scope = firstText(sources, SCOPE);
  if (spent === undefined || limit === undefined) return undefined;
  return `spent ${spent} of ${limit} USD${scope === undefined ? "" : ` (${scope})`}`;
}
