import { type ContentPolicy, envelopeKeys, type EventDescription } from "@clawmetry/siem-events";
import { isAskedPath } from "./asked-path.ts";

/** Gives a text of an event as the content policy shows it. `path`: the keys that lead to it. `length`: of the whole text. */
export type ContentFilter = (text: string, path: readonly string[], length: number) => string;

const VERDICT_KEYS: ReadonlySet<string> = new Set(["status", "decision", "kind", "severity"]);
const VERDICT = /^[A-Za-z][\w -]{0,31}$/;

/** The filter of a policy. A text that the description shows as a fact says nothing more where it stands in the event. */
export function contentFilter(policy: ContentPolicy, description: EventDescription): ContentFilter {
  if (policy === "all") return (text) => text;
  const facts = factTexts(description);
  return (text, path, length) => {
    const key = path.at(-1) ?? "";
    if (path.length === 1 && key !== "data" && envelopeKeys.has(key)) return text;
    if (facts.has(text)) return text;
    if (path.length <= 2 && VERDICT_KEYS.has(key) && VERDICT.test(text)) return text;
    if (policy === "tools" && isAskedPath(path, description.signatureId)) return text;
    return `[omitted ${length} chars]`;
  };
}

function factTexts(d: EventDescription): ReadonlySet<string | undefined> {
  const people = [d.sender, d.senderId, d.recipient, d.recipientId];
  const places = [d.path, d.url, d.requestMethod, d.mcpServer, d.channel, d.provider, d.model];
  return new Set([...d.tools, ...d.callIds, ...people, ...places, d.reason, d.rule, d.fileHash]);
}
