// Where an axis has its ticks, and what they say. Pure.

import { number, span } from "../format";

export type Scale = "linear" | "log" | "symlog";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const powers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => [1, 2, 5].map((m) => Number(`${m}e${from + i}`))).flat();

/** Steps are whole numbers, and so are their ticks. */
export const STEP_INCREMENTS = powers(0, 15);
/** Round spans of time, in ms. */
export const SPAN_INCREMENTS = [
  ...powers(0, 2), ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND), ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR), ...powers(0, 5).map((n) => n * DAY),
];

/** Multiples of 1, 2 or 5 times a power of ten, some `wanted` of them. */
export function linearTicks(low: number, high: number, wanted: number): number[] {
  const rough = (high - low) / Math.max(1, wanted);
  if (!(rough > 0) || !Number.isFinite(rough)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((m) => m * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.min(100, Math.floor(high / step + 1e-9) - first + 1);
  return Array.from({ length: Math.max(0, count) }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten, with 2 and 5 times them where there is room; what spans little is ticked evenly. */
export function logTicks(low: number, high: number, wanted: number): number[] {
  if (!(low > 0)) return [];
  const decades = Math.log10(high / low);
  if (decades < 0.7) return linearTicks(low, high, wanted);
  const every = Math.max(1, Math.ceil(decades / Math.max(1, wanted)));
  const ticks: number[] = [];
  for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++)
    if (e % every === 0) for (const m of decades * 3 <= wanted ? [1, 2, 5] : [1]) ticks.push(Number(`${m}e${e}`));
  return ticks.filter((tick) => tick >= low * 0.999 && tick <= high * 1.001);
}

/** Linear about zero, powers of ten away from it, to both sides. */
export function symlogTicks(low: number, high: number, wanted: number): number[] {
  const most = Math.max(Math.abs(low), Math.abs(high));
  if (most < 10 || (low > 0 && high / low < 5) || (high < 0 && low / high < 5)) return linearTicks(low, high, wanted);
  const sides = Number(low < -1) + Number(high > 1);
  const every = Math.max(1, Math.ceil((Math.log10(most) * sides) / Math.max(1, wanted - 1)));
  const above: number[] = [];
  for (let e = 0; e <= Math.ceil(Math.log10(most)); e += every) above.push(Number(`1e${e}`));
  return [...above.map((tick) => -tick).reverse(), 0, ...above].filter((tick) => tick >= low && tick <= high);
}

export function ticksOf(scale: Scale, low: number, high: number, wanted: number): number[] {
  return { linear: linearTicks, log: logTicks, symlog: symlogTicks }[scale](low, high, wanted);
}

/** A span as an axis says it, without parts that are nought: `5 min`, `1 h 30 min`. */
export function spanTick(ms: number): string {
  return span(ms).replace(/^0 ms$/, "0").replace(/\.0 s$/, " s").replace(/ 0 (s|min|h)$/, "");
}

const formats = new Map<string, Intl.DateTimeFormat>();
function told(options: Intl.DateTimeFormatOptions, time: number): string {
  const key = JSON.stringify(options);
  const format = formats.get(key) ?? new Intl.DateTimeFormat("en-GB", options);
  formats.set(key, format);
  return format.format(time);
}

/** Times of day or dates, by how far apart they are; below the first, and where it changes, the date or the year. */
export function timeTicks(times: readonly number[]): string[] {
  const apart = (times[1] ?? 0) - (times[0] ?? 0);
  if (apart >= 300 * DAY) return times.map((time) => told({ year: "numeric" }, time));
  const isDay = apart >= DAY;
  const fine: Intl.DateTimeFormatOptions = isDay ? { day: "numeric", month: "short" }
    : { hour: "2-digit", minute: "2-digit", ...(apart < MINUTE ? { second: "2-digit" } : {}), ...(apart < SECOND ? { fractionalSecondDigits: 3 } : {}) };
  const coarse: Intl.DateTimeFormatOptions = isDay ? { year: "numeric" } : { day: "numeric", month: "short", year: "numeric" };
  return times.map((time, i) => {
    const below = told(coarse, time);
    const before = times[i - 1];
    return before !== undefined && told(coarse, before) === below ? told(fine, time) : `${told(fine, time)}\n${below}`;
  });
}

export function numberTicks(values: readonly (number | null)[]): string[] {
  return values.map((value) => (value === null ? "" : number(value)));
}
