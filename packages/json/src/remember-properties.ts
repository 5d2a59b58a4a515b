import { ownCopy } from "@clawmetry/siem-text";
import { plainProperty, type WriteProperty } from "./plain-property.ts";

interface KnownProperty {
  readonly text: string;
  readonly json: string;
}

const MOST_TEXTS = 64;
// What is longer is not worth its room.
const LONGEST_TEXT = 128;

/** `plainProperty` with a memory of its own, for a property that has the same text in many events. */
export function rememberProperties(before: string): WriteProperty {
  const write = plainProperty(before);
  const known = new Map<string, KnownProperty>();
  let last: KnownProperty | undefined;

  function learn(text: string): KnownProperty | undefined {
    const json = text.length > LONGEST_TEXT ? undefined : write(text);
    if (json === undefined) return undefined;
    if (known.size >= MOST_TEXTS) known.clear();
    // Not cut out of another text, unlike what ownCopy gives: comparing it is several times as fast.
    const own = JSON.parse(`"${text}"`) as string;
    const property = { text: own, json: ownCopy(json) };
    known.set(property.text, property);
    return property;
  }

  return (text) => {
    if (text === last?.text) return last.json;
    const property = known.get(text) ?? learn(text);
    if (property === undefined) return write(text);
    last = property;
    return property.json;
  };
}
