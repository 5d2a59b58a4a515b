import { monitorEventLoopDelay } from "node:perf_hooks";

const RESOLUTION_MS = 1;

/** What this process took since the gauge was started, all of its threads together. */
export interface GaugeReading {
  /** Milliseconds of user and system time. */
  readonly cpuMs: number;
  readonly wallMs: number;
  /** The longest time that the event loop was late. Includes what the benchmark itself does in one turn. */
  readonly longestDelayMs: number;
  /** The most memory that the process ever had resident. */
  readonly peakMiB: number;
}

/** Starts to measure; the function that it returns ends that. */
export function startGauge(): () => GaugeReading {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    const wallMs = performance.now() - start;
    delay.disable();
    return {
      cpuMs: (user + system) / 1000,
      wallMs,
      longestDelayMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
      peakMiB: process.resourceUsage().maxRSS / 1024,
    };
  };
}
