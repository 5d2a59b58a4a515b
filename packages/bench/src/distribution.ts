/** How long single calls took, in microseconds. */
export interface Distribution {
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** Sorts the samples, nanoseconds each, and reads the percentiles off by the nearest rank. */
export function distribution(samplesNs: Float64Array): Distribution {
  const sorted = samplesNs.toSorted();
  const at = (share: number): number => (sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN) / 1000;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1) };
}
