export { encodeJson } from "./encode-json.ts";
export { formatJson } from "./format-json.ts";
export type { JsonData, JsonFormatOptions } from "./format-options.ts";
export { createJsonMemory } from "./json-memory.ts";
export type { JsonMemory } from "./json-memory.ts";
