const decoder = new TextDecoder();
const CODE_DIGITS = 3;
const DIGIT_0 = 0x30;

/** What the server says with its answer to `open`. */
export interface RelpOffers {
  /** The first line, such as `200 OK`. */
  readonly status: string;
  /** Values by name, such as `commands`: `syslog`. A name that stands twice has its first value. */
  readonly values: ReadonlyMap<string, string>;
}

/** The code at the start of the data of an answer: 200, done; 500 and above, refused. Undefined without three digits. */
export function readAnswerCode(data: Uint8Array): number | undefined {
  let code = 0;
  for (let place = 0; place < CODE_DIGITS; place++) {
    const digit = (data[place] ?? 0) - DIGIT_0;
    if (digit < 0 || digit > 9) return undefined;
    code = code * 10 + digit;
  }
  return code;
}

/** Reads the lines `name=value` after the first one. Never throws. */
export function readOffers(data: Uint8Array): RelpOffers {
  const [status = "", ...lines] = decoder.decode(data).split("\n");
  const values = new Map<string, string>();
  for (const line of lines) {
    const [name = "", ...rest] = line.split("=");
    if (!values.has(name)) values.set(name, rest.join("="));
  }
  return { status, values };
}
