import { boundedJsonText } from "./bounded-json-text.ts";
import { asObject, parseJson, read } from "./event-data.ts";
import { slotOf, placesOf } from "./fact-keys.ts";
import { type FactSource, readFacts, type Sources, sourcesOf, valueAt } from "./fact-source.ts";
import { first, firstText, present, text } from "./facts.ts";
import { type ListedCall, listedCalls } from "./listed-calls.ts";

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

/** Where calls are looked for. */
export interface CallPlaces {
  readonly sources: Sources;
  /** `data` alone. */
  readonly data: Sources;
  readonly messages: Sources;
  readonly extras: Sources;
}

// What one call was given: an object, with what it says, or any other value.
interface Argument {
  readonly value: unknown;
  readonly facts: FactSource | undefined;
}

const TOOLS = placesOf("name", "tool_name", "toolName", "tool");
const TOOL_NAME = slotOf("toolName");
const TOOL_USE_ID = slotOf("tool_use_id");
const EXTRA_USE_ID = slotOf("toolUseId");
const ID = placesOf("id");
const ARGUMENTS = placesOf("input", "arguments", "params", "args");
const ASKED = placesOf("command", "cmd", "path", "file_path", "url");
const COMMAND = placesOf("command");
const PATH = placesOf("path", "file_path", "filename", "instruction_path");
const URL = placesOf("url", "uri");
const METHOD = placesOf("method");
// Without any of these there is nothing to find in an event that is none of a tool.
const CALLS = placesOf("tool_calls", "tool_use_id", "path", "url");
const NOTHING: readonly never[] = [];
const NO_CALLS: CallFacts = {
  tools: NOTHING,
  callIds: NOTHING,
  command: undefined,
  path: undefined,
  url: undefined,
  requestMethod: undefined,
};
const APPROVAL_REQUIRED = 7001;
const APPROVAL_RESOLVED = 7002;

/** Whether the signature is one whose names, ids and arguments are those of tools. */
export function isToolSignature(id: number): boolean {
  return (id >= 1001 && id <= 1005) || isApproval(id);
}

/** Collects every call of the event: a runtime puts one at the top of `data`, or several into a list. */
export function readCalls(signatureId: number, places: CallPlaces): CallFacts {
  const ofTools = isToolSignature(signatureId);
  const { sources, messages, extras, data } = places;
  const families = sources.families & CALLS.families;
  if (!ofTools && (families | messages.families | extras.families) === 0) return NO_CALLS;
  const listed = listedCalls(sources, messages);
  const args = ofTools ? argumentsOf(sources, listed) : NOTHING;
  const named = args.length === 0 ? data : sourcesOf(...argumentFacts(args), ...data.list);
  return {
    tools: ofTools ? toolNames(places, listed) : NOTHING,
    callIds: callIds(signatureId, places, listed),
    command: ofTools ? asked(signatureId, sources, args) : undefined,
    path: firstText(named, PATH),
    url: firstText(named, URL),
    requestMethod: firstText(named, METHOD),
  };
}

function isApproval(id: number): boolean {
  return id === APPROVAL_REQUIRED || id === APPROVAL_RESOLVED;
}

function toolNames({ sources, extras }: CallPlaces, listed: readonly ListedCall[]): readonly string[] {
  const names: string[] = [];
  if ((sources.families & TOOLS.families) !== 0) {
    for (const source of sources.list)
      for (const slot of TOOLS.slots) addDistinct(names, nameOf(valueAt(source, slot)));
  }
  for (const call of listed) addDistinct(names, text(call.name));
  for (const extra of extras.list) addDistinct(names, text(valueAt(extra, TOOL_NAME)));
  return names;
}

function nameOf(tool: unknown): string | undefined {
  const object = asObject(tool);
  return text(object === undefined ? tool : read(object, "name"));
}

function callIds(
  signatureId: number,
  { sources, data, extras }: CallPlaces,
  listed: readonly ListedCall[],
): readonly string[] {
  const own = isToolSignature(signatureId) ? firstText(data, ID) : undefined;
  if (isApproval(signatureId) && own !== undefined) return [own];
  const ids: string[] = [];
  for (const source of sources.list) addDistinct(ids, text(valueAt(source, TOOL_USE_ID)));
  addDistinct(ids, own);
  for (const call of listed) addDistinct(ids, text(call.id));
  for (const extra of extras.list) addDistinct(ids, text(valueAt(extra, EXTRA_USE_ID)));
  return ids;
}

function argumentsOf(sources: Sources, listed: readonly ListedCall[]): readonly Argument[] {
  if ((sources.families & ARGUMENTS.families) === 0 && listed.length === 0) return NOTHING;
  const args: Argument[] = [];
  for (const source of sources.list) addArgument(args, first(sourcesOf(source), ARGUMENTS, present));
  for (const call of listed) addArgument(args, call.args);
  return args;
}

// Arguments may come as an object, a JSON text of one, or anything else that a tool takes.
function addArgument(args: Argument[], given: unknown): void {
  if (given === undefined) return;
  const value = typeof given === "string" ? (parseJson(given) ?? given) : given;
  const object = asObject(value);
  args.push({ value, facts: object === undefined ? undefined : readFacts(object) });
}

function argumentFacts(args: readonly Argument[]): readonly FactSource[] {
  const list: FactSource[] = [];
  for (const { facts } of args) if (facts !== undefined) list.push(facts);
  return list;
}

function asked(signatureId: number, sources: Sources, args: readonly Argument[]): string | undefined {
  const command = signatureId === APPROVAL_REQUIRED ? first(sources, COMMAND, argumentText) : undefined;
  let lines = command;
  for (const argument of args) {
    const line = askedOf(argument);
    if (line === undefined || line === command) continue;
    lines = lines === undefined ? line : `${lines}\n${line}`;
  }
  return lines;
}

function askedOf({ value, facts }: Argument): string | undefined {
  return (facts === undefined ? undefined : first(sourcesOf(facts), ASKED, argumentText)) ?? argumentText(value);
}

function argumentText(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return typeof value === "boolean" ? String(value) : text(value);
  const json = boundedJsonText(value);
  return json === "{}" || json === "[]" ? undefined : json;
}

function addDistinct(found: string[], value: string | undefined): void {
  if (value !== undefined && !found.includes(value)) found.push(value);
}
