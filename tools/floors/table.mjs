// The floors of CONTRIBUTING.md as data. A package may import exactly what is drawn here, and nothing else of ours;
// `outside` names the only third-party packages its users have to trust.
const PREFIX = "@clawmetry/siem-";
// Packages that are useful without a SIEM have a shorter name.
const PLAIN_NAMES = ["integrity", "redaction", "daemon"];

const ROWS = [
  { name: "text", floor: 0, mayImport: [], browser: true },
  { name: "events", floor: 0, mayImport: [], browser: true },
  { name: "redaction", floor: 0, mayImport: [] },
  { name: "core", floor: 1, mayImport: [] },
  { name: "cef", floor: 1, mayImport: ["text", "events"], browser: true },
  { name: "json", floor: 1, mayImport: ["text", "events"], browser: true },
  { name: "syslog", floor: 1, mayImport: ["text"], browser: true },
  { name: "integrity", floor: 1, mayImport: ["text", "events"] },
  { name: "transports", floor: 2, mayImport: ["core", "syslog"] },
  { name: "spool", floor: 2, mayImport: ["core"] },
  {
    name: "exporter",
    floor: 3,
    mayImport: ["text", "events", "core", "cef", "json", "syslog", "transports", "spool"],
    outside: ["valibot", "@opentelemetry/api", "prom-client"],
    testTools: ["@valibot/to-json-schema", "@opentelemetry/sdk-metrics"],
  },
  {
    name: "cli",
    floor: 4,
    mayImport: ["text", "events", "core", "cef", "json", "syslog", "integrity", "transports", "spool", "exporter"],
    outside: ["commander", "@clack/prompts", "selfsigned"],
  },
  {
    name: "daemon",
    floor: 4,
    mayImport: ["text", "events", "redaction", "integrity", "exporter"],
    outside: ["@duckdb/node-api", "commander"],
  },
];

/** What every test file may import besides what its package may import. */
export const TEST_TOOLS = [`${PREFIX}testkit`, "vitest", "fast-check"];

/** Package name → { floor, mayImport, outside, testTools, browser }; `browser` packages touch nothing of Node. */
export const FLOORS = new Map(
  ROWS.map(({ name, floor, mayImport, outside = [], testTools = [], browser = false }) => [
    packageName(name),
    { floor, mayImport: mayImport.map(packageName), outside, testTools, browser },
  ]),
);

function packageName(name) {
  return PLAIN_NAMES.includes(name) ? `@clawmetry/${name}` : PREFIX + name;
}
