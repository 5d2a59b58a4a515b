import { type HeldEvent } from "./line-record.ts";
import { lineSequence } from "./line-sequence.ts";
import { lossReport } from "./loss-report.ts";

type Fields = Readonly<Record<string, unknown>>;

// What `siem.truncated` says of a cut of `data` or of its hash: `data:1000`, `data.input.command:1000`, `payload_hash:64`.
const PAYLOAD_CUT = /^(?:data[.:]|payload_hash:)/;

/** Reads back what `formatJson` holds of an event. `siem`: the object under that key of `fields`. */
export function readJsonEvent(fields: Fields, siem: Fields): HeldEvent {
  const { signature_id: signatureId, boot, seq, cnt, seq_from: from, seq_to: to, previous_boot: previous } = siem;
  return {
    format: "json",
    signatureId: typeof signatureId === "number" ? signatureId : NaN,
    event: fields,
    changed: texts(siem["changed"]),
    payloadCut: texts(siem["truncated"]).some((entry) => PAYLOAD_CUT.test(entry)),
    sequence: lineSequence(boot, seq),
    shown: {
      signatureName: text(siem["signature_name"]),
      type: text(siem["type"]),
      timeMs: typeof siem["time"] === "string" ? Date.parse(siem["time"]) : undefined,
      timeSource: text(siem["time_source"]),
      id: undefined,
    },
    loss: lossReport(cnt, from, to, previous),
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
