const QUOTE = '"';

/** Whether a field of the row is still open at its end, as it is when a field holds a line break (RFC 4180 section 2, rule 6). */
export function endsInField(text: string): boolean {
  let quotes = 0;
  for (let at = text.indexOf(QUOTE); at !== -1; at = text.indexOf(QUOTE, at + 1)) quotes++;
  return quotes % 2 === 1;
}

/** The fields of one whole row (RFC 4180): commas between them, quotes around those that hold a comma, `""` for a quote. Linear. */
export function csvRow(text: string): readonly string[] {
  const fields: string[] = [];
  for (let at = 0; at <= text.length; at++) {
    const { field, end } = text.startsWith(QUOTE, at) ? quotedField(text, at) : plainField(text, at);
    fields.push(field);
    at = end;
  }
  return fields;
}

interface Field {
  readonly field: string;
  /** Where the comma after it stands, or the length of the text. */
  readonly end: number;
}

function plainField(text: string, start: number): Field {
  const end = commaFrom(text, start);
  return { field: text.slice(start, end), end };
}

function quotedField(text: string, start: number): Field {
  let field = "";
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf(QUOTE, from);
    if (quote === -1) return { field: field + text.slice(from), end: text.length };
    field += text.slice(from, quote);
    if (text.charAt(quote + 1) !== QUOTE) {
      const end = commaFrom(text, quote + 1);
      return { field: field + text.slice(quote + 1, end), end };
    }
    field += QUOTE;
    from = quote + 2;
  }
}

function commaFrom(text: string, start: number): number {
  const comma = text.indexOf(",", start);
  return comma === -1 ? text.length : comma;
}
