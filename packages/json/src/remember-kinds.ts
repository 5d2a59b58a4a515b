import { type EventDescription } from "@clawmetry/siem-events";
import { ownCopy } from "@clawmetry/siem-text";
import { kindJson, type WriteKind } from "./kind-json.ts";

interface KnownKind extends Pick<EventDescription, "signatureId" | "signatureName" | "type" | "cefSeverity"> {
  readonly json: string;
}

// All signatures in all their severities are fewer.
const MOST_KINDS = 256;

/** `kindJson` with a memory of its own. */
export function rememberKinds(): WriteKind {
  const known = new Map<number, KnownKind>();
  return (description) => {
    const key = description.signatureId * 16 + description.cefSeverity;
    const kind = known.get(key);
    if (kind !== undefined && isOf(kind, description)) return kind.json;
    if (known.size >= MOST_KINDS) known.clear();
    const { signatureId, signatureName, type, cefSeverity } = description;
    const json = ownCopy(kindJson(description));
    known.set(key, { signatureId, signatureName, type, cefSeverity, json });
    return json;
  };
}

function isOf(kind: KnownKind, d: EventDescription): boolean {
  return (
    kind.signatureId === d.signatureId &&
    kind.cefSeverity === d.cefSeverity &&
    kind.type === d.type &&
    kind.signatureName === d.signatureName
  );
}
