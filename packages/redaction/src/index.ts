export { redactEvent, redactText } from "./redact-event.ts";
export { redactionFromEnv } from "./redaction-from-env.ts";
export type { PersonalDataCategory, RedactionOptions } from "./redaction-options.ts";
