import { type CefEncoding, type CefMessage } from "./cef-message.ts";
import { decimalText } from "./cef-number.ts";
import { severityText } from "./cef-severity.ts";
import { type CefText, cefText } from "./cef-text.ts";
import { maxLengthOf } from "./dictionary.ts";

/** Greatest lengths of the header fields in characters (CEF Implementation Standard, header field definitions). */
const HEADER_LENGTHS = { deviceVendor: 63, deviceProduct: 63, deviceVersion: 31, signatureId: 1023, name: 512 };

/**
 * Writes one record as one line of CEF (`CEF:0`, which every decoder knows). Never throws: text is cleaned and cut as the
 * profile says, the severity becomes a whole number from 0 to 10, a value that is empty, missing or not finite leaves its
 * key out, and so does a key that holds no letter or digit. Characters that a key cannot hold are left out of it; of two keys
 * that become the same the first stands.
 */
export function encodeCef(message: CefMessage, encoding: CefEncoding = {}): string {
  const text = cefText(encoding);
  const pairs = new Map<string, string>();
  for (const [name, value] of Object.entries((message.extensions as CefMessage["extensions"] | undefined) ?? {})) {
    const key = cefKey(name);
    const clean = valueText(key, value, text);
    if (key !== "" && clean !== "" && !pairs.has(key)) pairs.set(key, text.escape(clean));
  }
  return encodeHeader(message, text) + [...pairs].map(([key, value]) => `${key}=${value}`).join(" ");
}

/** The header with its seven pipes. */
export function encodeHeader(message: Omit<CefMessage, "extensions">, text: CefText): string {
  const fields = [
    text.header(headerText(message.deviceVendor), HEADER_LENGTHS.deviceVendor),
    text.header(headerText(message.deviceProduct), HEADER_LENGTHS.deviceProduct),
    text.header(headerText(message.deviceVersion), HEADER_LENGTHS.deviceVersion),
    text.header(headerText(message.signatureId), HEADER_LENGTHS.signatureId),
    text.header(headerText(message.name), HEADER_LENGTHS.name),
    severityText(message.severity),
  ];
  return `CEF:0|${fields.join("|")}|`;
}

// Callers without types may leave a field out.
function headerText(field: string | number | undefined): string {
  return String(field ?? "");
}

function cefKey(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "").replace(/^[0-9]+/, "");
}

function valueText(key: string, value: string | number | boolean | null | undefined, text: CefText): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "number") return decimalText(value) ?? "";
  return text.clean(String(value), maxLengthOf(key));
}
