import { asObject, read } from "./event-data.ts";
import { type FactPlaces, placesOf } from "./fact-keys.ts";
import { type Sources } from "./fact-source.ts";
import { first, firstText, text } from "./facts.ts";

/** Who acted, or who was addressed. */
export interface Person {
  readonly name: string | undefined;
  readonly id: string | undefined;
}

const MESSAGE_RECEIVED = 2001;
const MESSAGE_SENT = 2002;
const APPROVAL_RESOLVED = 7002;
const NOBODY: Person = { name: undefined, id: undefined };
const WRITER = placesOf("from", "user", "sender_name");
const WRITER_ID = placesOf("sender_id", "user_id");
const ADDRESSEE = placesOf("to", "user");
const ADDRESSEE_ID = placesOf("channel_id");
const RESOLVER = placesOf("resolver", "user");
const USER = placesOf("user");
const USER_ID = placesOf("user_id");

/** Who acted: who wrote a message, who resolved an approval, else the event's user. */
export function readSender(signatureId: number, sources: Sources): Person {
  switch (signatureId) {
    case MESSAGE_RECEIVED:
      return personAt(sources, WRITER, WRITER_ID);
    case MESSAGE_SENT:
      return NOBODY;
    case APPROVAL_RESOLVED:
      return personAt(sources, RESOLVER, USER_ID);
    default:
      return personAt(sources, USER, USER_ID);
  }
}

/** Whom a sent message addressed. */
export function readRecipient(signatureId: number, sources: Sources): Person {
  return signatureId === MESSAGE_SENT ? personAt(sources, ADDRESSEE, ADDRESSEE_ID) : NOBODY;
}

// Each place may hold a text or an object with a name and an id.
function personAt(sources: Sources, places: FactPlaces, idPlaces: FactPlaces): Person {
  const name = first(sources, places, personName);
  const id = firstText(sources, idPlaces);
  if (id !== undefined) return { name, id };
  const object = first(sources, places, asObject);
  return { name, id: object === undefined ? undefined : text(read(object, "id")) };
}

function personName(value: unknown): string | undefined {
  const object = asObject(value);
  return object === undefined ? text(value) : (text(read(object, "username")) ?? text(read(object, "name")));
}
