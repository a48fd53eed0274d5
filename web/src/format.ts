// Numbers, spans and times as people read them. Pure; specs in format.test.ts.

// Made once: making one costs more than a thousand uses.
const grouped = new Intl.NumberFormat("en-US");
const inFull = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "long" });

export function number(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+∞" : "−∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return grouped.format(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(3).replace(/\.?0+e/, "e").replace("e+", "e");
  return String(Number(value.toPrecision(5)));
}

export function count(value: number | undefined): string {
  return grouped.format(value ?? 0);
}

export function span(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = ms / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

export function ago(time: number, now: number): string {
  const ms = now - time;
  if (ms < 45_000) return "just now";
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 36) return `${hours} h ago`;
  const days = Math.round(hours / 24);
  if (days < 30) return `${days} d ago`;
  return new Date(time).toISOString().slice(0, 10);
}

/** With the zone, for hovering. */
export function fullTime(time: number): string {
  return inFull.format(time);
}

export function bytes(size: number): string {
  if (size < 1_000) return `${size} B`;
  if (size < 1e6) return `${(size / 1e3).toFixed(1)} kB`;
  if (size < 1e9) return `${(size / 1e6).toFixed(1)} MB`;
  return `${(size / 1e9).toFixed(2)} GB`;
}

// Parts of a key that the filter language takes for words of its own.
const RESERVED = new Set(["as", "case", "from", "in", "using", "values"]);

/** A key as the filter language takes it: `metrics.loss`, or with quotes where it has odd signs. */
export function identifier(entity: string, key: string): string {
  const isBare = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/.test(key) && !key.toLowerCase().split(".").some((part) => RESERVED.has(part));
  if (isBare) return `${entity}.${key}`;
  const quote = ["`", '"'].find((one) => !key.includes(one)) ?? "'";
  return `${entity}.${quote}${key}${quote}`;
}

/** A text in so many signs: its start and its end, which is where long names differ. */
export function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = Math.floor((length - 1) * 0.6);
  return `${text.slice(0, length - 1 - end)}…${text.slice(-end)}`;
}
