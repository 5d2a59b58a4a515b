/** The messages of one send, some of which are under way. */
export interface RelpBatch {
  /** Whether every message was answered. */
  readonly complete: boolean;
  /** How many messages from the start were answered. */
  readonly delivered: number;
  /** Places of those among them that the server refused, rising. */
  readonly refused: () => readonly number[];
  /**
   * The next messages to write, under way from now on: none while the window has no room. At most as many as have `maxChars`
   * UTF-16 code units together, but at least one.
   */
  readonly take: (maxChars: number) => readonly string[];
  /** The message at `place` was answered. False when there is none under way there: nothing changes. */
  readonly answer: (place: number, accepted: boolean) => boolean;
}

/** Nothing is under way yet. At most `window` messages ever are. */
export function createRelpBatch(messages: readonly string[], window: number): RelpBatch {
  const answers = messages.map((): "none" | "accepted" | "refused" => "none");
  let taken = 0;
  let answered = 0;
  let delivered = 0;

  return {
    get complete() {
      return answered === messages.length;
    },
    get delivered() {
      return delivered;
    },
    refused: () => answers.slice(0, delivered).flatMap((answer, place) => (answer === "refused" ? [place] : [])),
    take: (maxChars) => {
      const start = taken;
      const end = Math.min(messages.length, answered + window);
      for (let chars = 0; taken < end; taken++) {
        chars += messages[taken]?.length ?? 0;
        if (chars > maxChars && taken > start) break;
      }
      return messages.slice(start, taken);
    },
    answer: (place, accepted) => {
      if (place >= taken || answers[place] !== "none") return false;
      answers[place] = accepted ? "accepted" : "refused";
      answered += 1;
      while (delivered < taken && answers[delivered] !== "none") delivered += 1;
      return true;
    },
  };
}
