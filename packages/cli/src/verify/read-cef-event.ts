import { type CefMessage } from "@clawmetry/siem-cef";
import { type HeldEvent } from "./line-record.ts";
import { lineSequence } from "./line-sequence.ts";
import { lossReport } from "./loss-report.ts";

type Fields = Readonly<Record<string, unknown>>;

const VENDOR = "ClawMetry";
const PRODUCT = "clawmetry";
const UNMAPPED = "unmapped";
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/**
 * Reads back what `formatCef` holds of an event: the chained fields and the hashes. A custom field counts only under its own
 * label. Undefined for a record of another product.
 */
export function readCefEvent(message: CefMessage): HeldEvent | undefined {
  const { deviceVendor, deviceProduct, signatureId, name, extensions: fields } = message;
  if (deviceVendor !== VENDOR || deviceProduct !== PRODUCT) return undefined;
  const changed = textOf(fields, "ClawmetryChanged")?.split(",") ?? [];
  return {
    format: "cef",
    signatureId: Number(signatureId),
    event: {
      agent_id: customField(fields, "cs2", "agentId"),
      agent_type: textOf(fields, "sourceServiceName"),
      event_type: eventType(fields, changed),
      id: textOf(fields, "devicePayloadId"),
      node_id: textOf(fields, "deviceExternalId"),
      session_id: customField(fields, "cs1", "sessionId") ?? null,
      ts: textOf(fields, "ClawmetryTs") ?? ownTime(fields),
      workspace_id: customField(fields, "flexString2", "workspaceId") ?? null,
      chain_hash: customField(fields, "cs5", "chainHash"),
      chain_prev_hash: customField(fields, "cs6", "chainPrevHash"),
      payload_hash: textOf(fields, "ClawmetryPayloadHash"),
    },
    changed,
    payloadCut: false,
    sequence: lineSequence(fields["ClawmetryBoot"], integer(fields["ClawmetrySeq"])),
    shown: {
      signatureName: name,
      type: textOf(fields, "cat"),
      timeMs: integer(fields["rt"]),
      timeSource: textOf(fields, "ClawmetryTimeSource"),
      id: textOf(fields, "externalId"),
    },
    loss: lossReport(
      integer(fields["cnt"]),
      integer(fields["ClawmetrySeqFrom"]),
      integer(fields["ClawmetrySeqTo"]),
      fields["ClawmetryPreviousBoot"],
    ),
  };
}

// The type as given stands by itself only where it is not the canonical one.
function eventType(fields: Fields, changed: readonly string[]): string | undefined {
  const given = textOf(fields, "ClawmetryEventType");
  const canonical = textOf(fields, "cat");
  const isMissing = canonical === UNMAPPED && changed.includes("event_type");
  return given ?? (isMissing ? undefined : canonical);
}

// A time of receipt is none of the event's own.
function ownTime(fields: Fields): string | undefined {
  const ms = integer(fields["rt"]);
  if (ms === undefined || ms > LAST_MS || fields["ClawmetryTimeSource"] === "receipt") return undefined;
  return new Date(ms).toISOString();
}

function customField(fields: Fields, key: string, label: string): string | undefined {
  return fields[`${key}Label`] === label ? textOf(fields, key) : undefined;
}

function textOf(fields: Fields, key: string): string | undefined {
  const value = fields[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function integer(value: unknown): number | undefined {
  return typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : undefined;
}
