/** One CEF record (CEF Implementation Standard, `CEF:0`). */
export interface CefMessage {
  readonly deviceVendor: string;
  readonly deviceProduct: string;
  readonly deviceVersion: string;
  /** Device Event Class ID: what kind of event this is. `parseCef` gives a string. */
  readonly signatureId: string | number;
  readonly name: string;
  /** 0 to 10, 10 the worst. */
  readonly severity: number;
  /** In the order in which they are written. `parseCef` gives strings. */
  readonly extensions: Readonly<Record<string, string | number | boolean | undefined>>;
}

/**
 * `portable`: what every decoder in use reads back the same: cleaned, cut to the dictionary's lengths, and free of escapes
 * that some decoders get wrong. `spec`: the escapes of the standard and nothing else.
 */
export type CefProfile = "portable" | "spec";

/** How text is written. */
export interface CefEncoding {
  /** Default `portable`. */
  readonly profile?: CefProfile | undefined;
  /** A line break in a value: `\n`, or a space for decoders that show the two characters. Portable only. Default `escape`. */
  readonly newlines?: "escape" | "space" | undefined;
  /**
   * An equals sign in a value: `\=`, or the fullwidth sign U+FF1D for decoders that look for keys after they have taken away
   * the escapes. Portable only. Default `escape`.
   */
  readonly equals?: "escape" | "fullwidth" | undefined;
}
