import { asObject, isArray, read } from "./event-data.ts";
import { placesOf, slotOf } from "./fact-keys.ts";
import { type Sources, valueAt } from "./fact-source.ts";
import { present, text } from "./facts.ts";

/** One call of a list, as the event has it. */
export interface ListedCall {
  readonly name: unknown;
  readonly id: unknown;
  readonly args: unknown;
}

const LISTS = placesOf("tool_calls", "toolMetas");
const TOOL_CALLS = slotOf("tool_calls");
const TOOL_METAS = slotOf("toolMetas");
const CONTENT = slotOf("content");
const ARGUMENT_KEYS = ["input", "arguments", "params", "args"];
const MOST_CALLS = 256;
const NOTHING: readonly never[] = [];

/** The calls of an event that holds a list of them, of which there are three kinds. Of a list, at most 256. */
export function listedCalls(sources: Sources, messages: Sources): readonly ListedCall[] {
  if (((sources.families & LISTS.families) | messages.families) === 0) return NOTHING;
  const calls: ListedCall[] = [];
  for (const source of sources.list) {
    for (const call of objectsIn(valueAt(source, TOOL_CALLS))) calls.push(functionCall(call));
  }
  for (const source of sources.list) {
    for (const call of objectsIn(valueAt(source, TOOL_METAS))) calls.push(plainCall(call));
  }
  for (const message of messages.list) {
    for (const block of objectsIn(valueAt(message, CONTENT)))
      if (read(block, "type") === "tool_use") calls.push(plainCall(block));
  }
  return calls;
}

// Some runtimes wrap the call: { id, function: { name, arguments: "<JSON text>" } }.
function functionCall(call: object): ListedCall {
  const inner = asObject(read(call, "function"));
  const outer = plainCall(call);
  if (inner === undefined) return outer;
  return { id: outer.id, name: text(outer.name) ?? read(inner, "name"), args: outer.args ?? argumentsIn(inner) };
}

function plainCall(call: object): ListedCall {
  return { id: read(call, "id"), name: read(call, "name"), args: argumentsIn(call) };
}

function argumentsIn(call: object): unknown {
  for (const key of ARGUMENT_KEYS) {
    const value = present(read(call, key));
    if (value !== undefined) return value;
  }
  return undefined;
}

function objectsIn(value: unknown): readonly object[] {
  if (value === undefined || !isArray(value)) return NOTHING;
  const objects: object[] = [];
  for (let index = 0; index < value.length && index < MOST_CALLS; index++) {
    const item = asObject(read(value, String(index)));
    if (item !== undefined) objects.push(item);
  }
  return objects;
}
