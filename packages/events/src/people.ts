import { type Sources, asObject, read } from "./event-data.ts";
import { first, text } from "./facts.ts";

/** Who acted, or who was addressed. */
export interface Person {
  readonly name: string | undefined;
  readonly id: string | undefined;
}

const MESSAGE_RECEIVED = 2001;
const MESSAGE_SENT = 2002;
const APPROVAL_RESOLVED = 7002;
const NOBODY: Person = { name: undefined, id: undefined };

/** Who acted: who wrote a message, who resolved an approval, else the event's user. */
export function readSender(signatureId: number, sources: Sources): Person {
  switch (signatureId) {
    case MESSAGE_RECEIVED:
      return personAt(sources, ["from", "user", "sender_name"], ["sender_id", "user_id"]);
    case MESSAGE_SENT:
      return NOBODY;
    case APPROVAL_RESOLVED:
      return personAt(sources, ["resolver", "user"], ["user_id"]);
    default:
      return personAt(sources, ["user"], ["user_id"]);
  }
}

/** Whom a sent message addressed. */
export function readRecipient(signatureId: number, sources: Sources): Person {
  return signatureId === MESSAGE_SENT ? personAt(sources, ["to", "user"], ["channel_id"]) : NOBODY;
}

// Each place may hold a text or an object with a name and an id.
function personAt(sources: Sources, keys: readonly string[], idKeys: readonly string[]): Person {
  const object = first(sources, keys, asObject);
  const objectId = object === undefined ? undefined : text(read(object, "id"));
  return { name: first(sources, keys, personName), id: first(sources, idKeys, text) ?? objectId };
}

function personName(value: unknown): string | undefined {
  const object = asObject(value);
  return object === undefined ? text(value) : (text(read(object, "username")) ?? text(read(object, "name")));
}
