import { type LineSequence } from "./line-record.ts";

/** Where each event of a chain was read, by its position in the reading. */
export interface PlaceLog {
  /** Notes the next position; the first one is 1. */
  readonly add: (place: LinePlace, sequence: LineSequence | undefined) => void;
  /** `FILE:LINE`. */
  readonly placeOf: (position: number) => string;
  readonly sequenceOf: (position: number) => LineSequence | undefined;
}

/** A line of an input. */
export interface LinePlace {
  readonly file: string;
  /** From 1. */
  readonly number: number;
}

const NO_NUMBER = 0;

/** Keeps four numbers for each position. */
export function createPlaceLog(): PlaceLog {
  const names = createNames();
  const files: number[] = [];
  const lines: number[] = [];
  const boots: number[] = [];
  const numbers: number[] = [];
  return {
    add: ({ file, number }, sequence) => {
      files.push(names.indexOf(file));
      lines.push(number);
      boots.push(names.indexOf(sequence?.boot ?? ""));
      numbers.push(sequence?.number ?? NO_NUMBER);
    },
    placeOf: (position) => `${names.nameOf(files[position - 1])}:${lines[position - 1] ?? 0}`,
    sequenceOf: (position) => {
      const number = numbers[position - 1] ?? NO_NUMBER;
      return number === NO_NUMBER ? undefined : { boot: names.nameOf(boots[position - 1]), number };
    },
  };
}

interface Names {
  readonly indexOf: (name: string) => number;
  readonly nameOf: (index: number | undefined) => string;
}

function createNames(): Names {
  const indexes = new Map<string, number>();
  const names: string[] = [];
  return {
    indexOf: (name) => {
      const known = indexes.get(name);
      if (known !== undefined) return known;
      indexes.set(name, names.length);
      return names.push(name) - 1;
    },
    nameOf: (index = -1) => names[index] ?? "",
  };
}
