import { type Sources, asObject, read } from "./event-data.ts";
import { first, number, objectsAt, text, truth } from "./facts.ts";

export type Outcome = "success" | "failure";

const FLAG_KEYS = ["is_error", "isError"];
const WORD_KEYS = ["status", "decision"];
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
  const signs = [
    ...signsOf(sources),
    ...objectsAt(sources, "extra").map((extra) => truthToOutcome(truth(read(extra, "isError")), "failure")),
    signatureId === CONNECTOR_HEALTH ? wordOutcome(first(sources, ["kind"], text), UNHEALTHY_WORDS) : undefined,
  ];
  const said = signs.includes("failure") ? "failure" : signs.includes("success") ? "success" : undefined;
  const failed = said === "failure" || ALWAYS_FAILED_SIGNATURES.has(signatureId) || ALWAYS_FAILED_TYPES.has(eventType);
  if (failed) return first(sources, ["benign_error"], truth) === true ? "success" : "failure";
  return signatureId === TOOL_RESULT ? "success" : said;
}

/** The text of an `error`, which may be an object with a message. */
export function errorText(value: unknown): string | undefined {
  const object = asObject(value);
  return object === undefined ? text(value) : text(read(object, "message"));
}

function signsOf(sources: Sources): (Outcome | undefined)[] {
  const exit = first(sources, EXIT_KEYS, number);
  return [
    ...FLAG_KEYS.map((key) => truthToOutcome(first(sources, [key], truth), "failure")),
    truthToOutcome(first(sources, ["success"], truth), "success"),
    first(sources, ["error"], isSaid) === undefined ? undefined : "failure",
    ...WORD_KEYS.map((key) => wordOutcome(first(sources, [key], text), FAILED_WORDS)),
    exit === undefined ? undefined : exit === 0 ? "success" : "failure",
  ];
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
