/** One end of a connection, as Node.js shows it. */
export interface SocketEnd {
  /** An IP address, with or without a zone. */
  readonly address: string;
  readonly port: number;
}

/**
 * How many bytes of a connection the peer has not acknowledged yet, by the text of `/proc/net/tcp` or `/proc/net/tcp6`
 * (proc(5); column `tx_queue`). Nothing when the table has no such connection, or one of the addresses is none.
 */
export function findSendQueue(table: string, local: SocketEnd, remote: SocketEnd): number | undefined {
  const ends = [local, remote].map(writeEnd);
  if (ends.includes(undefined)) return undefined;
  const columns = ` ${ends.join(" ")} `;
  const start = table.indexOf(columns);
  if (start === -1) return undefined;
  const state = start + columns.length;
  const queue = /^[0-9A-F]{2} ([0-9A-F]{8,}):/.exec(table.slice(state, state + 32))?.[1];
  return queue === undefined ? undefined : Number.parseInt(queue, 16);
}

function writeEnd({ address, port }: SocketEnd): string | undefined {
  const bytes = address.includes(":") ? readIPv6(address) : readIPv4(address);
  return bytes === undefined ? undefined : `${writeWords(bytes)}:${writeHex(port, 4)}`;
}

// The kernel prints each 32 bits of an address as one number, which turns their bytes around on all but s390x.
function writeWords(bytes: readonly number[]): string {
  const words = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.slice(4 * index, 4 * index + 4));
  return words
    .map((word) =>
      word
        .map((byte) => writeHex(byte, 2))
        .toReversed()
        .join(""),
    )
    .join("");
}

function writeHex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, "0");
}

function readIPv4(address: string): readonly number[] | undefined {
  const bytes = address.split(".").map(Number);
  return bytes.length === 4 && bytes.every(isByte) ? bytes : undefined;
}

// RFC 4291 §2.2: groups of 16 bits, `::` for as many zeros as are missing, and perhaps an IPv4 address at the end.
function readIPv6(address: string): readonly number[] | undefined {
  const halves = address.replace(/%.*$/, "").split("::").map(readGroups);
  const [head = [], tail = []] = halves;
  const missing = 16 - head.length - tail.length;
  const whole = halves.length === 1 ? missing === 0 : halves.length === 2 && missing >= 2;
  if (!whole) return undefined;
  const bytes = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return bytes.every(isByte) ? bytes : undefined;
}

function readGroups(text: string): readonly number[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (group.includes(".")) return readIPv4(group) ?? [NaN];
    const value = /^[0-9a-f]{1,4}$/i.test(group) ? Number.parseInt(group, 16) : NaN;
    return [value >> 8, Number.isNaN(value) ? NaN : value & 0xff];
  });
}

function isByte(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 255;
}
