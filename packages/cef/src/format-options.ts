import { type FormatOptions } from "@clawmetry/siem-events";
import { type CefProfile } from "./cef-message.ts";

export interface CefFormatOptions extends FormatOptions {
  /** Default `portable`. */
  readonly profile?: CefProfile | undefined;
  /** Device Version in the header. Default `1`: the version of the event mapping, so that a release keeps its bytes. */
  readonly version?: string | undefined;
}
