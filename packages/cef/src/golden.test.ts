import { describeGolden, sampleEvents } from "@clawmetry/siem-testkit";
import { formatCef } from "./format-cef.ts";

const packageUrl = new URL("../", import.meta.url);
const common = { nowMs: 1795403100000, hostname: "gw01", sequence: { boot: "00c0ffee", number: 7 } };

await describeGolden(packageUrl, "portable.cef", () => sampleEvents().map((event) => formatCef(event, common)));
await describeGolden(packageUrl, "spec.cef", () =>
  sampleEvents().map((event) => formatCef(event, { ...common, profile: "spec" })),
);
await describeGolden(packageUrl, "content-all-700-bytes.cef", () =>
  sampleEvents().map((event) => formatCef(event, { ...common, content: "all", maxBytes: 700 })),
);
