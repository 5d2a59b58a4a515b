import { describeGolden, sampleEvents } from "@clawmetry/siem-testkit";
import { formatJson } from "./format-json.ts";

const packageUrl = new URL("../", import.meta.url);
const common = { nowMs: 1795403100000, hostname: "gw01", sequence: { boot: "00c0ffee", number: 7 } };

await describeGolden(packageUrl, "default.ndjson", () => sampleEvents().map((event) => formatJson(event, common)));
await describeGolden(packageUrl, "content-tools.ndjson", () =>
  sampleEvents().map((event) => formatJson(event, { ...common, content: "tools" })),
);
await describeGolden(packageUrl, "content-none-data-string.ndjson", () =>
  sampleEvents().map((event) => formatJson(event, { ...common, content: "none", jsonData: "string" })),
);
await describeGolden(packageUrl, "900-bytes.ndjson", () =>
  sampleEvents().map((event) => formatJson(event, { ...common, maxBytes: 900 })),
);
