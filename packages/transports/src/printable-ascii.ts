/** Text of a stranger for a message: every character but printable ASCII becomes `?`, and it is cut to `maxLength` characters. */
export function printableAscii(text: string, maxLength: number): string {
  const clean = text.slice(0, maxLength + 1).replace(/[^\x20-\x7e]/g, "?");
  return clean.length > maxLength ? `${clean.slice(0, maxLength - 3)}...` : clean;
}
