import { boundedJsonText } from "./bounded-json-text.ts";
import { type Sources, asObject, isArray, parseJson, read } from "./event-data.ts";
import { first, objectsAt, text } from "./facts.ts";

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
  const args = ofTools ? argumentsOf([...sources, ...listed]) : [];
  const found = { path: firstIn(args, PATH_KEYS), url: firstIn(args, URL_KEYS) };
  return {
    tools: ofTools ? toolNames(sources, listed) : [],
    callIds: callIds(signatureId, sources, listed, data),
    command: ofTools ? asked(signatureId, sources, args) : undefined,
    path: found.path ?? first(data === undefined ? [] : [data], PATH_KEYS, text),
    url: found.url ?? first(data === undefined ? [] : [data], URL_KEYS, text),
    requestMethod: firstIn(args, METHOD_KEYS) ?? first(data === undefined ? [] : [data], METHOD_KEYS, text),
  };
}

function listedCalls(sources: Sources): object[] {
  return [
    ...sources.flatMap((source) => objectsIn(read(source, "tool_calls")).map(functionCall)),
    ...sources.flatMap((source) => objectsIn(read(source, "toolMetas"))),
    ...objectsAt(sources, "message")
      .flatMap((message) => objectsIn(read(message, "content")))
      .filter((block) => read(block, "type") === "tool_use"),
  ];
}

// Some runtimes wrap the call: { id, function: { name, arguments: "<JSON text>" } }.
function functionCall(call: object): object {
  const inner = asObject(read(call, "function"));
  if (inner === undefined) return call;
  const name = text(read(call, "name")) ?? read(inner, "name");
  return { id: read(call, "id"), name, arguments: first([call, inner], ARGUMENT_KEYS, present) };
}

function objectsIn(value: unknown): object[] {
  if (!isArray(value)) return [];
  const objects: object[] = [];
  for (let index = 0; index < value.length && index < MOST_CALLS; index++) {
    const item = asObject(read(value, String(index)));
    if (item !== undefined) objects.push(item);
  }
  return objects;
}

function toolNames(sources: Sources, listed: readonly object[]): string[] {
  return distinct([
    ...sources.flatMap((source) => TOOL_KEYS.map((key) => nameOf(read(source, key)))),
    ...listed.map((call) => text(read(call, "name"))),
    ...objectsAt(sources, "extra").map((extra) => text(read(extra, "toolName"))),
  ]);
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
  return distinct([
    ...sources.map((source) => text(read(source, "tool_use_id"))),
    own,
    ...listed.map((call) => text(read(call, "id"))),
    ...objectsAt(sources, "extra").map((extra) => text(read(extra, "toolUseId"))),
  ]);
}

// Arguments may come as an object, a JSON text of one, or anything else that a tool takes.
function argumentsOf(calls: readonly object[]): unknown[] {
  return calls.flatMap((call) => {
    const value = first([call], ARGUMENT_KEYS, present);
    return value === undefined ? [] : [typeof value === "string" ? (parseJson(value) ?? value) : value];
  });
}

function firstIn(args: readonly unknown[], keys: readonly string[]): string | undefined {
  return first(
    args.flatMap((value) => asObject(value) ?? []),
    keys,
    text,
  );
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

function present(value: unknown): unknown {
  return value === null || value === "" ? undefined : value;
}

function distinct(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.filter((value) => value !== undefined))];
}
