import { asObject, read } from "./event-data.ts";
import { slotOf, placesOf } from "./fact-keys.ts";
import { type Sources, valueAt } from "./fact-source.ts";
import { first, firstNumber, firstText, text, truth } from "./facts.ts";

export type Outcome = "success" | "failure";

const IS_ERROR_SNAKE = placesOf("is_error");
const IS_ERROR = placesOf("isError");
const EXTRA_IS_ERROR = slotOf("isError");
const SUCCESS = placesOf("success");
const ERROR = placesOf("error");
const STATUS = placesOf("status");
const DECISION = placesOf("decision");
const KIND = placesOf("kind");
const BENIGN = placesOf("benign_error");
const EXIT = placesOf("exit_code", "exitCode", "exit_status", "returncode");
const SIGNS = placesOf("is_error", "success", "error", "status", "exit_code");
const FAILED_WORDS = /^(?:fail|failed|failure|error|errored|deny|denied|reject|rejected)$/i;
const UNDECIDED_WORDS = /^(?:pending|running|started|queued|waiting|ask|asked|requested|in[ _-]?progress|unknown)$/i;
const UNHEALTHY_WORDS = /^(?:stall|stalled|disconnect|disconnected|wedged)$/i;
const ALWAYS_FAILED_SIGNATURES: ReadonlySet<number> = new Set([1004, 3004]);
const ALWAYS_FAILED_TYPES: ReadonlySet<unknown> = new Set(["tool.failed", "tool.error"]);
const TOOL_RESULT = 1002;
const CONNECTOR_HEALTH = 8002;

/** Whether the event says that something failed or went well. Undefined where it says neither. */
export function readOutcome(
  signatureId: number,
  eventType: unknown,
  sources: Sources,
  extras: Sources,
): Outcome | undefined {
  const said = saidOutcome(signatureId, sources, extras);
  const failed = said === "failure" || ALWAYS_FAILED_SIGNATURES.has(signatureId) || ALWAYS_FAILED_TYPES.has(eventType);
  if (failed) return first(sources, BENIGN, truth) === true ? "success" : "failure";
  return signatureId === TOOL_RESULT ? "success" : said;
}

/** The text of an `error`, which may be an object with a message. */
export function errorText(value: unknown): string | undefined {
  const object = asObject(value);
  return object === undefined ? text(value) : text(read(object, "message"));
}

// One sign of failure outweighs every sign of success.
function saidOutcome(signatureId: number, sources: Sources, extras: Sources): Outcome | undefined {
  if (((sources.families & SIGNS.families) | extras.families) === 0) return undefined;
  let said = truthToOutcome(first(sources, IS_ERROR_SNAKE, truth), "failure");
  said = worse(said, truthToOutcome(first(sources, IS_ERROR, truth), "failure"));
  said = worse(said, truthToOutcome(first(sources, SUCCESS, truth), "success"));
  said = worse(said, first(sources, ERROR, isSaid) === undefined ? undefined : "failure");
  said = worse(said, wordOutcome(firstText(sources, STATUS), FAILED_WORDS));
  said = worse(said, wordOutcome(firstText(sources, DECISION), FAILED_WORDS));
  const exit = firstNumber(sources, EXIT);
  if (exit !== undefined) said = worse(said, exit === 0 ? "success" : "failure");
  for (const extra of extras.list) said = worse(said, truthToOutcome(truth(valueAt(extra, EXTRA_IS_ERROR)), "failure"));
  if (signatureId === CONNECTOR_HEALTH) said = worse(said, wordOutcome(firstText(sources, KIND), UNHEALTHY_WORDS));
  return said;
}

function worse(said: Outcome | undefined, sign: Outcome | undefined): Outcome | undefined {
  return said === "failure" ? said : (sign ?? said);
}

function truthToOutcome(value: boolean | undefined, whenTrue: Outcome): Outcome | undefined {
  if (value === undefined) return undefined;
  return value === (whenTrue === "success") ? "success" : "failure";
}

function wordOutcome(word: string | undefined, failing: RegExp): Outcome | undefined {
  if (word === undefined || UNDECIDED_WORDS.test(word.trim())) return undefined;
  return failing.test(word.trim()) ? "failure" : "success";
}

// An error that is null, false, blank or an empty object says that there was none.
function isSaid(error: unknown): true | undefined {
  if (typeof error === "object" && error !== null)
    return Object.keys(error).length > 0 || error instanceof Error || undefined;
  return error === true || (text(error) !== undefined && error !== 0) || undefined;
}
