import { chainedFields, type EventDescription } from "@clawmetry/siem-events";
import { isAskedPath } from "./asked-path.ts";
import { type EventView } from "./event-view.ts";

/** How a text of an event is shown, and the limit to which it is cut then: that of ids, that of texts, or none. */
export interface ShownText {
  readonly shown: string;
  readonly limit: "id" | "text" | "none";
}

/** `path`: the keys that lead to the text. `length`: of the whole text. */
export type TextRule = (text: string, path: readonly string[], length: number) => ShownText;

const NEVER_CUT: ReadonlySet<string | undefined> = new Set(["id", "chain_hash", "chain_prev_hash", "payload_hash"]);
const CHAINED: ReadonlySet<string | undefined> = new Set(chainedFields);

/** The rule for the texts of one event. */
export function textRule({ filter }: EventView): TextRule {
  return (text, path, length) => {
    const shown = filter(text, path, length);
    const key = path.length === 1 ? path[0] : undefined;
    if (shown !== text || NEVER_CUT.has(key)) return { shown, limit: "none" };
    return { shown, limit: CHAINED.has(key) ? "id" : "text" };
  };
}

/** Where a text is cut: what a tool was asked to do keeps its beginning and its end. */
export function cutPlace(path: readonly string[], { signatureId }: EventDescription): "end" | "middle" {
  return isAskedPath(path, signatureId) ? "middle" : "end";
}
