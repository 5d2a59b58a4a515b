/** What the name of a file of records says, so that no damage of its content can change it. */
export interface SegmentName {
  /** Syslog severity of its records. */
  readonly severity: number;
  /** Its first record's. */
  readonly order: number;
  readonly index: number;
  /** What the checks of its records begin from. */
  readonly salt: number;
  /** Boot id of the process that wrote it. */
  readonly boot: string;
}

const PATTERN = /^([0-7])-([0-9a-f]{14})-([0-9a-f]{8})-([0-9a-f]{8})-([0-9a-f]{8})\.spool$/;

/** `6-0000000000002a-00000000-5eed5eed-1b00710a.spool` */
export function formatSegmentName({ severity, order, index, salt, boot }: SegmentName): string {
  return `${severity}-${hex(order, 14)}-${hex(index, 8)}-${hex(salt, 8)}-${boot}.spool`;
}

/** Undefined for any other file. */
export function parseSegmentName(name: string): SegmentName | undefined {
  const [, severity, order, index, salt, boot] = PATTERN.exec(name) ?? [];
  if (boot === undefined) return undefined;
  const read = (digits = ""): number => Number.parseInt(digits, 16);
  return { severity: Number(severity), order: read(order), index: read(index), salt: read(salt), boot };
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
