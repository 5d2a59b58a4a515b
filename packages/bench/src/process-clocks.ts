import { type MeasureOptions } from "./measure.ts";

/** The clocks of this process: user and system time of all its threads, and the time that passes. */
export const processClocks: Pick<MeasureOptions, "cpuUs" | "wallUs"> = {
  cpuUs: () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
  wallUs: () => performance.now() * 1000,
};
