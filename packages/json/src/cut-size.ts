import { cutText } from "./cut-text.ts";
import { hasMarker } from "./escape-json.ts";
import { type JsonSize, sizeOfText } from "./json-size.ts";

/** Size of what is left of a text, its mark and quotes included. */
export interface MeasuredCut extends JsonSize {
  /** False where the text has no more characters than that, since some of its characters take two units. */
  readonly isCut: boolean;
}

const SURROGATE = /[\ud800-\udfff]/;
const QUOTES = 2;
const MARK: JsonSize = { units: 1, bytes: 3 };

/**
 * Measures what `cutText` leaves of a text at limits that it is longer than, and that are at most `mostEver` characters. Only what lies between one limit
 * and the next is looked at, where sizes of parts add up: where there is no surrogate and no marker.
 */
export function createCutSize(text: string, place: "end" | "middle", mostEver: number): (most: number) => MeasuredCut {
  const head = createRuler((from, to) => text.slice(from, to));
  const tail = createRuler((from, to) => text.slice(text.length - to, text.length - from));
  const start = countBlanks(text, mostEver);
  const blanks = head(start);
  const addsUp = isSimple(text.slice(0, mostEver)) && isSimple(text.slice(-mostEver));

  function atEnd(most: number): MeasuredCut {
    let end = most - 1;
    while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
    const { units, bytes } = end <= start ? blanks : head(end);
    return marked(units - blanks.units, bytes - blanks.bytes);
  }

  function inMiddle(most: number): MeasuredCut {
    const count = Math.floor((most - 1) * 0.7);
    const before = head(count);
    const after = tail(most - 1 - count);
    return marked(before.units + after.units, before.bytes + after.bytes);
  }

  if (addsUp) return place === "end" ? atEnd : inMiddle;
  return (most) => sizeOfCut(cutText(text, [], most, place, text.length, []), text);
}

// Sizes of the first characters, without quotes.
function createRuler(part: (from: number, to: number) => string): (count: number) => JsonSize {
  let last = 0;
  let size: JsonSize = { units: 0, bytes: 0 };
  return (count) => {
    if (count === last) return size;
    const { units, bytes } = sizeOfText(part(Math.min(last, count), Math.max(last, count)));
    const sign = count > last ? 1 : -1;
    size = { units: size.units + sign * (units - QUOTES), bytes: size.bytes + sign * (bytes - QUOTES) };
    last = count;
    return size;
  };
}

function marked(units: number, bytes: number): MeasuredCut {
  return { units: units + MARK.units + QUOTES, bytes: bytes + MARK.bytes + QUOTES, isCut: true };
}

function sizeOfCut(cut: string, text: string): MeasuredCut {
  return { ...sizeOfText(cut), isCut: cut !== text };
}

function isSimple(text: string): boolean {
  return !SURROGATE.test(text) && !hasMarker(text);
}

// Blanks at the start of a text are lost when its end is cut.
function countBlanks(text: string, most: number): number {
  let count = 0;
  while (count < most && isBlank(text.charCodeAt(count))) count++;
  return count;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a;
}
