// From the wire's buckets to lines: x by axis, smoothing, ranges, clipping. Pure.

import { double } from "../api/client";
import type { BucketedSeries } from "../api/generated";
import type { Scale } from "./ticks";

export interface Line {
  runId: string;
  label: string;
  color: number;
  x: Float64Array;
  raw: Float64Array;
  smooth: Float64Array | null;
  count: number;
  isSampled: boolean;
  band?: { low: Float64Array; high: Float64Array; n: number };
}

export type XAxis = "step" | "relative" | "timestamp" | `metric:${string}`;

/** Bias-corrected exponential moving average; what is not finite passes through untouched. */
export function smoothed(values: Float64Array, weight: number): Float64Array | null {
  if (weight <= 0) return null;
  const out = new Float64Array(values.length);
  let average = 0;
  // What is left of the weight of the nought that it began with.
  let bias = 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    if (!Number.isFinite(value)) {
      out[i] = value;
      continue;
    }
    average = average * weight + (1 - weight) * value;
    bias *= weight;
    out[i] = average / (1 - bias);
  }
  return out;
}

/** x in steps, ms since the run's start, or ms since the epoch. */
export function xsOf(series: BucketedSeries, axis: XAxis, other?: BucketedSeries): Float64Array {
  const steps = series.steps ?? [];
  if (axis === "step") return new Float64Array(steps);
  const times = series.timestamps ?? [];
  if (axis === "timestamp") return new Float64Array(times);
  if (axis === "relative") return Float64Array.from(times, (time) => time - (series.run_start_time ?? 0));
  return joinedBySteps(steps, other);
}

/** The latest value of the other metric at or before each step; NaN before its first. */
function joinedBySteps(steps: number[], other?: BucketedSeries): Float64Array {
  const out = new Float64Array(steps.length).fill(NaN);
  const otherSteps = other?.steps ?? [];
  const values = other?.values ?? [];
  let at = -1;
  for (let i = 0; i < steps.length; i++) {
    while (at + 1 < otherSteps.length && (otherSteps[at + 1] ?? 0) <= (steps[i] ?? 0)) at++;
    if (at >= 0) out[i] = double(values[at]);
  }
  return out;
}

/** A line with another smoothing; what does not depend on it stays the same. */
export function withSmoothing(line: Line, smoothing: number): Line {
  return { ...line, smooth: smoothed(line.raw, smoothing) };
}

function doubles(values: readonly (number | string)[]): Float64Array {
  const out = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) out[i] = double(values[i]);
  return out;
}

export function lineOf(series: BucketedSeries, axis: XAxis, smoothing: number, label: string, color: number, other?: BucketedSeries): Line {
  let x = xsOf(series, axis, other);
  let raw = doubles(series.values ?? []);
  if (axis.startsWith("metric:")) {
    // The axis need not run forward: points stand in the order of x, the rule of sorted joins.
    const order = [...x.keys()].filter((i) => Number.isFinite(x[i])).sort((a, b) => (x[a] ?? 0) - (x[b] ?? 0));
    [x, raw] = [Float64Array.from(order, (i) => x[i] ?? NaN), Float64Array.from(order, (i) => raw[i] ?? NaN)];
  }
  return {
    runId: series.run_id ?? "", label, color, x, raw, smooth: smoothed(raw, smoothing),
    count: series.count ?? raw.length, isSampled: !!series.is_sampled,
  };
}

/** Mean and spread of a group's lines on their common x, each line at its latest value before. */
export function bandOf(lines: readonly Line[], label: string, color: number): Line {
  const xs = Float64Array.from(new Set(lines.flatMap((line) => [...line.x]))).sort();
  const mean = new Float64Array(xs.length);
  const low = new Float64Array(xs.length);
  const high = new Float64Array(xs.length);
  const at = lines.map(() => -1);
  for (let i = 0; i < xs.length; i++) {
    let n = 0;
    let sum = 0;
    let least = Infinity;
    let greatest = -Infinity;
    lines.forEach((line, which) => {
      let place = at[which] ?? -1;
      while (place + 1 < line.x.length && (line.x[place + 1] ?? 0) <= (xs[i] ?? 0)) place++;
      at[which] = place;
      const value = (line.smooth ?? line.raw)[place] ?? NaN;
      // A line that has ended no longer speaks for its group.
      if (place < 0 || !Number.isFinite(value) || (xs[i] ?? 0) > (line.x.at(-1) ?? 0)) return;
      n++;
      sum += value;
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    });
    mean[i] = n ? sum / n : NaN;
    low[i] = n ? least : NaN;
    high[i] = n ? greatest : NaN;
  }
  return {
    runId: label, label: `${label} (n=${lines.length})`, color, x: xs, raw: mean, smooth: null,
    count: lines.reduce((all, line) => all + line.count, 0), isSampled: lines.some((line) => line.isSampled),
    band: { low, high, n: lines.length },
  };
}

/** The range of y over what is drawn; with clipping between the 1st and 99th percentile, widened. */
export function rangeOf(lines: readonly Line[], scale: Scale, isClipped: boolean, x: readonly [number, number] | null): [number, number] {
  const isLog = scale === "log";
  const values: number[] = [];
  let low = Infinity;
  let high = -Infinity;
  for (const line of lines)
    for (const source of line.band ? [line.band.low, line.band.high] : line.smooth ? [line.smooth, line.raw] : [line.raw])
      for (let i = 0; i < source.length; i++) {
        const value = source[i] ?? NaN;
        if (!Number.isFinite(value) || (isLog && value <= 0)) continue;
        if (x && !((line.x[i] ?? NaN) >= x[0] && (line.x[i] ?? NaN) <= x[1])) continue;
        if (value < low) low = value;
        if (value > high) high = value;
        if (isClipped) values.push(value);
      }
  if (low > high) return isLog ? [0.1, 1] : [0, 1];
  if (isClipped) {
    values.sort((a, b) => a - b);
    low = values[Math.floor(values.length * 0.01)] ?? 0;
    high = values[Math.min(values.length - 1, Math.floor(values.length * 0.99))] ?? 1;
  }
  if (isLog) return low === high ? [low / 2, high * 2] : [low / (high / low) ** 0.04, high * (high / low) ** 0.04];
  const [to, back] = scale === "symlog" ? [Math.asinh, Math.sinh] : [(value: number) => value, (value: number) => value];
  const margin = (to(high) - to(low)) * 0.05 || Math.abs(to(high)) * 0.1 || 1;
  return [back(to(low) - margin), back(to(high) + margin)];
}

/** The index of the greatest x that is not beyond `at`; -1 before the first. */
export function placeBefore(x: Float64Array, at: number): number {
  let low = 0;
  let high = x.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function nearest(x: Float64Array, at: number): number {
  const before = placeBefore(x, at);
  if (before < 0) return x.length ? 0 : -1;
  if (before + 1 >= x.length) return before;
  return at - (x[before] ?? 0) <= (x[before + 1] ?? 0) - at ? before : before + 1;
}

export interface Marks { nan: number; up: number; down: number; above: number; below: number }

/** How many points of a line no line shows: not finite, or beyond the range of y. */
export function marksOf(line: Line, [low, high]: readonly [number, number]): Marks {
  const marks = { nan: 0, up: 0, down: 0, above: 0, below: 0 };
  for (const value of line.raw) {
    if (Number.isNaN(value)) marks.nan += line.band ? 0 : 1;
    else if (value === Infinity) marks.up++;
    else if (value === -Infinity) marks.down++;
    else if (value > high) marks.above++;
    else if (value < low) marks.below++;
  }
  return marks;
}

/** The last value of a line, and the least and the greatest that is a number. */
export function summaryOf(line: Line): { last: number; least: number; greatest: number } {
  let [least, greatest] = [Infinity, -Infinity];
  for (const values of line.band ? [line.band.low, line.band.high] : [line.raw])
    for (const value of values) {
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    }
  if (least > greatest) [least, greatest] = [NaN, NaN];
  return { last: line.raw.at(-1) ?? NaN, least, greatest };
}
