export type { CefEncoding, CefMessage, CefProfile } from "./cef-message.ts";
export { encodeCef } from "./encode-cef.ts";
export { formatCef } from "./format-cef.ts";
export type { CefFormatOptions } from "./format-options.ts";
export { CefSyntaxError, parseCef } from "./parse-cef.ts";
