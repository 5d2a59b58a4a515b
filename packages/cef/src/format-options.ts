import { type FormatOptions } from "@clawmetry/siem-events";
import { type CefEncoding } from "./cef-message.ts";

export interface CefFormatOptions extends FormatOptions, CefEncoding {
  /** Device Version in the header. Default `1`: the version of the event mapping, so that a release keeps its bytes. */
  readonly version?: string | undefined;
}
