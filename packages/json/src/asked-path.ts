import { isToolSignature } from "@clawmetry/siem-events";

const ARGUMENT_KEYS: ReadonlySet<string | undefined> = new Set(["input", "arguments", "params", "args"]);
const CALL_LISTS: ReadonlySet<string | undefined> = new Set(["tool_calls", "toolMetas"]);
const APPROVAL_REQUIRED = 7001;

/** Whether the value under these keys of an event is what a tool was asked to do. */
export function isAskedPath(path: readonly string[], signatureId: number): boolean {
  if (!isToolSignature(signatureId)) return false;
  const [first, second, third, fourth] = path[0] === "data" ? path.slice(1, 5) : path;
  if (ARGUMENT_KEYS.has(first)) return true;
  if (first === "command") return signatureId === APPROVAL_REQUIRED;
  if (CALL_LISTS.has(first)) return ARGUMENT_KEYS.has(third === "function" ? fourth : third);
  return first === "message" && second === "content" && ARGUMENT_KEYS.has(fourth);
}
