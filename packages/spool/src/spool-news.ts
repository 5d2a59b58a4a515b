import { type LossReport, type StoreNews } from "@clawmetry/siem-core";

/** Gathers what the exporter has to be told. */
export interface SpoolNews {
  /** The folder was opened, with so many messages. */
  readonly recovered: (count: number) => void;
  readonly lost: (reports: readonly LossReport[]) => void;
  readonly problem: (message: string) => void;
  /** What was gathered since the last call. */
  readonly take: () => StoreNews | undefined;
  /** From now on, `listener` is told when there is something. */
  readonly listen: (listener: () => void) => void;
}

/** No news. */
export function createSpoolNews(): SpoolNews {
  let recovered = 0;
  let lost: LossReport[] = [];
  let problems: string[] = [];
  let tell = (): void => undefined;
  let isNew = false;

  function note(): void {
    if (isNew) return;
    isNew = true;
    tell();
  }
  return {
    recovered: (count) => {
      recovered += count;
      note();
    },
    lost: (reports) => {
      lost.push(...reports);
      if (reports.length > 0) note();
    },
    problem: (message) => {
      problems.push(message);
      note();
    },
    take: () => {
      if (!isNew) return undefined;
      const news = { recovered, lost, problems };
      recovered = 0;
      lost = [];
      problems = [];
      isNew = false;
      return news;
    },
    listen: (listener) => {
      tell = listener;
    },
  };
}
