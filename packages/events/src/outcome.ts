import { type Sources, asObject, read } from "./event-data.ts";
import { first, number, objectsAt, text, truth } from "./facts.ts";

export type Outcome = "success" | "failure";

// Each of these lists is one sign.
const FLAG_KEYS = [["is_error"], ["isError"]];
const SUCCESS_KEYS = ["success"];
const ERROR_KEYS = ["error"];
const WORD_KEYS = [["status"], ["decision"]];
const KIND_KEYS = ["kind"];
const BENIGN_KEYS = ["benign_error"];
const EXIT_KEYS = ["exit_code", "exitCode", "exit_status", "returncode"];
const FAILED_WORDS = /^(?:fail|failed|failure|error|errored|deny|denied|reject|rejected)$/i;
const UNDECIDED_WORDS = /^(?:pending|running|started|queued|waiting|ask|asked|requested|in[ _-]?progress|unknown)$/i;
const UNHEALTHY_WORDS = /^(?:stall|stalled|disconnect|disconnected|wedged)$/i;
const ALWAYS_FAILED_SIGNATURES: ReadonlySet<number> = new Set([1004, 3004]);
const ALWAYS_FAILED_TYPES: ReadonlySet<unknown> = new Set(["tool.failed", "tool.error"]);
const TOOL_RESULT = 1002;
const CONNECTOR_HEALTH = 8002;

/** Whether the event says that something failed or went well. Undefined where it says neither. */
export function readOutcome(signatureId: number, eventType: unknown, sources: Sources): Outcome | undefined {
  const said = saidOutcome(signatureId, sources);
  const failed = said === "failure" || ALWAYS_FAILED_SIGNATURES.has(signatureId) || ALWAYS_FAILED_TYPES.has(eventType);
  if (failed) return first(sources, BENIGN_KEYS, truth) === true ? "success" : "failure";
  return signatureId === TOOL_RESULT ? "success" : said;
}

/** The text of an `error`, which may be an object with a message. */
export function errorText(value: unknown): string | undefined {
  const object = asObject(value);
  return object === undefined ? text(value) : text(read(object, "message"));
}

// One sign of failure outweighs every sign of success.
function saidOutcome(signatureId: number, sources: Sources): Outcome | undefined {
  let said: Outcome | undefined;
  const hear = (sign: Outcome | undefined): void => {
    if (said !== "failure") said = sign ?? said;
  };
  for (const keys of FLAG_KEYS) hear(truthToOutcome(first(sources, keys, truth), "failure"));
  hear(truthToOutcome(first(sources, SUCCESS_KEYS, truth), "success"));
  if (first(sources, ERROR_KEYS, isSaid) !== undefined) hear("failure");
  for (const keys of WORD_KEYS) hear(wordOutcome(first(sources, keys, text), FAILED_WORDS));
  const exit = first(sources, EXIT_KEYS, number);
  if (exit !== undefined) hear(exit === 0 ? "success" : "failure");
  for (const extra of objectsAt(sources, "extra")) hear(truthToOutcome(truth(read(extra, "isError")), "failure"));
  if (signatureId === CONNECTOR_HEALTH) hear(wordOutcome(first(sources, KIND_KEYS, text), UNHEALTHY_WORDS));
  return said;
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
