import { boundedJsonText } from "./bounded-json-text.ts";
import { type Sources, asObject, isArray, parseJson, read } from "./event-data.ts";
import { first, objectsAt, present, text } from "./facts.ts";

/** What an event says about the tools that were called. */
export interface CallFacts {
  readonly tools: readonly string[];
  readonly callIds: readonly string[];
  /** What was asked of each call, joined by line feeds. */
  readonly command: string | undefined;
  readonly path: string | undefined;
  readonly url: string | undefined;
  readonly requestMethod: string | undefined;
}

const TOOL_KEYS = ["name", "tool_name", "toolName", "tool"];
const ARGUMENT_KEYS = ["input", "arguments", "params", "args"];
const PATH_KEYS = ["path", "file_path", "filename", "instruction_path"];
const URL_KEYS = ["url", "uri"];
const METHOD_KEYS = ["method"];
const ASKED_KEYS = ["command", "cmd", "path", "file_path", "url"];
const MOST_CALLS = 256;
const NOTHING: readonly never[] = [];
const APPROVALS: ReadonlySet<number> = new Set([7001, 7002]);
const APPROVAL_REQUIRED = 7001;

/** Whether the signature is one whose names, ids and arguments are those of tools. */
export function isToolSignature(id: number): boolean {
  return (id >= 1001 && id <= 1005) || APPROVALS.has(id);
}

/** Collects every call of the event: a runtime puts one at the top of `data`, or several into a list. */
export function readCalls(signatureId: number, sources: Sources, data: object | undefined): CallFacts {
  const ofTools = isToolSignature(signatureId);
  const listed = listedCalls(sources);
  const args = ofTools ? argumentsOf([...sources, ...listed]) : NOTHING;
  const places = [
    ...args.filter((value) => asObject(value) !== undefined),
    ...(data === undefined ? [] : [data]),
  ] as Sources;
  return {
    tools: ofTools ? toolNames(sources, listed) : NOTHING,
    callIds: callIds(signatureId, sources, listed, data),
    command: ofTools ? asked(signatureId, sources, args) : undefined,
    path: first(places, PATH_KEYS, text),
    url: first(places, URL_KEYS, text),
    requestMethod: first(places, METHOD_KEYS, text),
  };
}

// Runtimes that put several calls into one event list them in one of three places.
function listedCalls(sources: Sources): readonly object[] {
  const calls: object[] = [];
  for (const source of sources) calls.push(...objectsIn(read(source, "tool_calls")).map(functionCall));
  for (const source of sources) calls.push(...objectsIn(read(source, "toolMetas")));
  for (const message of objectsAt(sources, "message")) {
    calls.push(...objectsIn(read(message, "content")).filter((block) => read(block, "type") === "tool_use"));
  }
  return calls;
}

// Some runtimes wrap the call: { id, function: { name, arguments: "<JSON text>" } }.
function functionCall(call: object): object {
  const inner = asObject(read(call, "function"));
  if (inner === undefined) return call;
  const name = text(read(call, "name")) ?? read(inner, "name");
  return { id: read(call, "id"), name, arguments: first([call, inner], ARGUMENT_KEYS, present) };
}

function objectsIn(value: unknown): readonly object[] {
  if (!isArray(value)) return NOTHING;
  const objects: object[] = [];
  for (let index = 0; index < value.length && index < MOST_CALLS; index++) {
    const item = asObject(read(value, String(index)));
    if (item !== undefined) objects.push(item);
  }
  return objects;
}

function toolNames(sources: Sources, listed: readonly object[]): readonly string[] {
  const names: (string | undefined)[] = [];
  for (const source of sources) for (const key of TOOL_KEYS) names.push(nameOf(read(source, key)));
  for (const call of listed) names.push(text(read(call, "name")));
  for (const extra of objectsAt(sources, "extra")) names.push(text(read(extra, "toolName")));
  return distinct(names);
}

function nameOf(tool: unknown): string | undefined {
  const object = asObject(tool);
  return text(object === undefined ? tool : read(object, "name"));
}

function callIds(
  signatureId: number,
  sources: Sources,
  listed: readonly object[],
  data: object | undefined,
): readonly string[] {
  const own = data !== undefined && isToolSignature(signatureId) ? text(read(data, "id")) : undefined;
  if (APPROVALS.has(signatureId) && own !== undefined) return [own];
  const ids: (string | undefined)[] = [];
  for (const source of sources) ids.push(text(read(source, "tool_use_id")));
  ids.push(own);
  for (const call of listed) ids.push(text(read(call, "id")));
  for (const extra of objectsAt(sources, "extra")) ids.push(text(read(extra, "toolUseId")));
  return distinct(ids);
}

// Arguments may come as an object, a JSON text of one, or anything else that a tool takes.
function argumentsOf(calls: readonly object[]): readonly unknown[] {
  return calls.flatMap((call) => {
    const value = first([call], ARGUMENT_KEYS, present);
    return value === undefined ? [] : [typeof value === "string" ? (parseJson(value) ?? value) : value];
  });
}

function asked(signatureId: number, sources: Sources, args: readonly unknown[]): string | undefined {
  const command = signatureId === APPROVAL_REQUIRED ? first(sources, ["command"], argumentText) : undefined;
  const lines = [command, ...args.map(askedOf).filter((line) => line !== command)].filter((line) => line !== undefined);
  return lines.length === 0 ? undefined : lines.join("\n");
}

function askedOf(value: unknown): string | undefined {
  const object = asObject(value);
  return (object === undefined ? undefined : first([object], ASKED_KEYS, argumentText)) ?? argumentText(value);
}

function argumentText(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return typeof value === "boolean" ? String(value) : text(value);
  const json = boundedJsonText(value);
  return json === "{}" || json === "[]" ? undefined : json;
}

function distinct(values: readonly (string | undefined)[]): readonly string[] {
  const found: string[] = [];
  for (const value of values) if (value !== undefined && !found.includes(value)) found.push(value);
  return found;
}
