import { describeReadme } from "@clawmetry/siem-testkit";

await describeReadme(new URL("../", import.meta.url));
