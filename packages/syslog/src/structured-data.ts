import { cleanText } from "@clawmetry/siem-text";
import { NIL, replaceForbidden } from "./header-field.ts";
import { unbroken } from "./message-text.ts";
import type { StructuredDataElement, StructuredDataParam } from "./syslog-message.ts";

const MAX_NAME_LENGTH = 32;
const NAME = /^[\x21\x23-\x3c\x3e-\x5c\x5e-\x7e]{1,32}$/;
const NOT_IN_NAME = /[^\x21\x23-\x3c\x3e-\x5c\x5e-\x7e]/gu;

/**
 * STRUCTURED-DATA of RFC 5424 §6.3, `-` when there is none. An SD-ID may stand in a message only once: the parameters of a
 * later element of the same SD-ID (as written, after cleaning and cutting) move to the end of the first one.
 */
export function formatStructuredData(elements?: readonly StructuredDataElement[]): string {
  if (elements === undefined) return NIL;
  const paramsById = new Map<string, string>();
  for (const [id, params] of elements) {
    const name = structuredDataName(id);
    paramsById.set(name, (paramsById.get(name) ?? "") + params.map(formatParam).join(""));
  }
  let text = "";
  for (const [id, params] of paramsById) text += `[${id}${params}]`;
  return text === "" ? NIL : text;
}

function formatParam([name, value]: StructuredDataParam): string {
  return ` ${structuredDataName(name)}="${paramValue(value)}"`;
}

// SD-NAME: PRINTUSASCII without `=`, `]` and `"`; there is no nil value here, so an empty name is `_` too.
function structuredDataName(value: string): string {
  if (NAME.test(value)) return value;
  return value === "" ? "_" : replaceForbidden(value, NOT_IN_NAME, MAX_NAME_LENGTH);
}

function paramValue(value: string): string {
  return unbroken(cleanText(value)).replace(/["\\\]]/g, "\\$&");
}
