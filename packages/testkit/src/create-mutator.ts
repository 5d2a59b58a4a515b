import { seededRandom } from "./seeded-random.ts";

/** What a mutator makes its inputs from. */
export interface MutatorOptions {
  /** Inputs as they really are. */
  readonly lines: readonly string[];
  /** Pieces that mean something to the reader: separators, escapes, beginnings. */
  readonly syntax: readonly string[];
  readonly seed: number;
}

const MOST_EDITS = 4;
const MOST_PIECES = 40;
const LONGEST_PIECE = 12;
const WHOLLY_RANDOM = 0.1;

/**
 * Makes inputs for a reader without end, the same for the same options: nine of ten are real lines with up to four edits (a bit
 * flipped, units cut out, repeated, put in or taken from another line), the others strings of random units and syntax. For
 * bytes, give a string of one unit per byte and take the low eight bits of each unit of the result.
 */
export function createMutator({ lines, syntax, seed }: MutatorOptions): () => string {
  const random = seededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = (items: readonly string[]): string => items[below(items.length)] ?? "";
  const unit = (): string => String.fromCharCode(below(random() < 0.8 ? 0x80 : 0x10000));
  const piece = (): string => (random() < 0.7 ? pick(syntax) : unit());
  const cutOf = (line: string): string => {
    const start = below(line.length + 1);
    return line.slice(start, start + 1 + below(LONGEST_PIECE));
  };

  const edits: readonly ((line: string, at: number) => string)[] = [
    (line, at) => replaced(line, at, 1, String.fromCharCode(line.charCodeAt(at) ^ (1 << below(8)))),
    (line, at) => replaced(line, at, 1 + below(LONGEST_PIECE), ""),
    (line, at) => replaced(line, at, 0, cutOf(line)),
    (line, at) => replaced(line, at, below(2), piece()),
    (line, at) => line.slice(0, at) + cutOf(pick(lines)) + line.slice(at),
    (line, at) => line.slice(0, at) + pick(lines).slice(at),
  ];

  return () => {
    if (random() < WHOLLY_RANDOM) return Array.from({ length: below(MOST_PIECES) }, piece).join("");
    let line = pick(lines);
    for (let left = below(MOST_EDITS + 1); left > 0; left--) {
      line = edits[below(edits.length)]?.(line, below(line.length + 1)) ?? line;
    }
    return line;
  };
}

function replaced(line: string, at: number, count: number, put: string): string {
  return line.slice(0, at) + put + line.slice(at + count);
}
