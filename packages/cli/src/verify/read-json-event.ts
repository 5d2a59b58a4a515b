import { type HeldEvent } from "./line-record.ts";
import { lineSequence } from "./line-sequence.ts";
import { lossReport } from "./loss-report.ts";

type Fields = Readonly<Record<string, unknown>>;

/** An entry of `siem.truncated` that is about `data`: `data:1000`, `data.input.command:1000`. */
const DATA_CUT = /^data[.:]/;

/** Reads back what `formatJson` holds of an event. `siem`: the object under that key of `fields`. */
export function readJsonEvent(fields: Fields, siem: Fields): HeldEvent {
  const { signature_id: signatureId, boot, seq, cnt, seq_from: from, seq_to: to } = siem;
  return {
    format: "json",
    signatureId: typeof signatureId === "number" ? signatureId : NaN,
    event: fields,
    changed: texts(siem["changed"]),
    dataCut: texts(siem["truncated"]).some((entry) => DATA_CUT.test(entry)),
    sequence: lineSequence(boot, seq),
    loss: lossReport(cnt, from, to),
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
