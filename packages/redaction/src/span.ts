import { placeholderZones, redacted } from "./placeholder.ts";
import type { Scan } from "./scan.ts";

/** What a detector found, from `start` up to but without `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  /** The placeholder of personal data, such as `[email]`. Without it the span is a secret. */
  readonly placeholder?: string;
  /** What is hashed in place of the text itself: the same secret in its usual form. */
  readonly secret?: string;
  /** Put around the placeholder: what stood there was a number of a JSON text, and must stay one value. */
  readonly quote?: string;
}

/** Finds one kind of thing in a text, in time that grows no faster than the text, and adds a span for each. */
export type Detector = (scan: Scan, found: Span[]) => void;

/**
 * The text with a placeholder in place of each span. Spans that overlap become one, secrets win over personal data, and
 * placeholders that already stand in the text stay.
 */
export function replaceSpans(text: string, spans: readonly Span[]): string {
  const kept = withoutZones(text, mergeSpans(text, spans));
  if (kept.length === 0) return text;
  let result = "";
  let copied = 0;
  for (const { start, end, placeholder, secret, quote = "" } of kept) {
    result += text.slice(copied, start) + quote + (placeholder ?? redacted(secret ?? text.slice(start, end))) + quote;
    copied = end;
  }
  return result + text.slice(copied);
}

function mergeSpans(text: string, spans: readonly Span[]): readonly Span[] {
  const secrets = mergeSecrets(text, spans.filter(({ placeholder }) => placeholder === undefined).sort(byPlace));
  const personal = spans.filter(({ placeholder }) => placeholder !== undefined).sort(byPlace);
  if (personal.length === 0) return secrets;
  return dropOverlaps([...secrets, ...personal].sort(byPlace));
}

function byPlace(one: Span, other: Span): number {
  return one.start - other.start || other.end - one.end;
}

function mergeSecrets(text: string, sorted: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of sorted) {
    const last = merged.at(-1);
    if (last === undefined || span.start >= last.end) merged.push(span);
    else if (span.end > last.end) merged[merged.length - 1] = { start: last.start, end: span.end };
    else if (span.start === last.start && span.end === last.end && span.secret !== undefined) {
      merged[merged.length - 1] = { ...last, secret: span.secret };
    }
  }
  return merged.filter(({ start, end }) => text.slice(start, end).trim() !== "");
}

// Of two that overlap the secret stays, else the first one.
function dropOverlaps(sorted: readonly Span[]): readonly Span[] {
  const kept: Span[] = [];
  for (const span of sorted) {
    const last = kept.at(-1);
    if (last === undefined || span.start >= last.end) kept.push(span);
    else if (span.placeholder === undefined && last.placeholder !== undefined) kept[kept.length - 1] = span;
  }
  return kept;
}

// A placeholder is never hidden behind another one: what a span holds beside it becomes spans of their own.
function withoutZones(text: string, spans: readonly Span[]): readonly Span[] {
  const zones = spans.length === 0 ? [] : placeholderZones(text);
  if (zones.length === 0) return spans;
  const kept: Span[] = [];
  let next = 0;
  for (const span of spans) {
    while ((zones[next]?.[1] ?? Infinity) <= span.start) next++;
    next = addOutside(text, span, zones, next, kept);
  }
  return kept;
}

function addOutside(
  text: string,
  span: Span,
  zones: readonly (readonly [start: number, end: number])[],
  first: number,
  kept: Span[],
): number {
  let start = span.start;
  let index = first;
  for (let zone = zones[index]; zone !== undefined && zone[0] < span.end; zone = zones[++index]) {
    addPiece(text, span, start, zone[0], kept);
    start = zone[1];
    if (zone[1] > span.end) return index;
  }
  if (start === span.start) kept.push(span);
  else addPiece(text, span, start, span.end, kept);
  return index;
}

const NOTHING_SECRET = /^[\s"'`,;:.()[\]{}\\=&]*$/;

function addPiece(text: string, span: Span, start: number, end: number, kept: Span[]): void {
  if (start >= end || NOTHING_SECRET.test(text.slice(start, end))) return;
  kept.push(span.placeholder === undefined ? { start, end } : { start, end, placeholder: span.placeholder });
}
