// The lines of a plot on its canvas, with bands and marks. Must not know of React.

import type uPlot from "uplot";
import { colorOf, dashOf } from "./colors";
import type { Line } from "./series";
import type { Scale } from "./ticks";

export interface Drawing {
  lines: readonly Line[];
  xScale: Scale;
  yScale: Scale;
  highlight: string | null;
}

/** So many points are drawn each by itself. */
const DOTS_MAX = 40;
/** Points so near to the one before, in pixels, are passed over. */
const NEAR = 0.8;
/** A jump of so many pixels is drawn even where a dash pauses: no spike may fall into a gap. */
const SPIKE = 24;
/** Dashes that a line must have room for. */
const DASHES_MIN = 8;
/** Of more lines than so many each is thinner. */
const WIDE_MAX = 50;
/** From so many on a line is drawn as hairs: without a GPU a wider stroke of many points takes twenty times as long. */
const HAIRS_FROM = 150;

export function drawLines(u: uPlot, props: Drawing): void {
  const { ctx, bbox } = u;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  const place = placesOf(u, props);
  const width = props.lines.length > WIDE_MAX ? 1 : 1.5;
  for (const line of props.lines) if (line.band) drawBand(u, line);
  for (const line of props.lines) {
    const isFaint = props.highlight !== null && props.highlight !== line.runId;
    if (line.smooth) stroke(ctx, line, line.raw, place, isFaint ? 0.06 : 0.22, 1, false);
    stroke(ctx, line, line.smooth ?? line.raw, place, isFaint ? 0.18 : 1, props.highlight === line.runId ? 2.6 : width, true);
  }
  ctx.restore();
  // uPlot remembers what it has set, so all that is set here is taken back.
  ctx.save();
  drawMarks(u, props);
  ctx.restore();
}

interface Places {
  x: (value: number) => number;
  y: (value: number) => number;
  isLog: boolean;
  /** The same as long as all places are. */
  key: string;
}

function placesOf(u: uPlot, { xScale, yScale }: Drawing): Places {
  const along = (scale: "x" | "y", kind: Scale) => {
    const { min = 0, max = 1 } = u.scales[scale] ?? {};
    if (kind !== "linear") return (value: number) => u.valToPos(value, scale, true);
    const from = u.valToPos(min ?? 0, scale, true);
    const each = (u.valToPos(max ?? 1, scale, true) - from) / ((max ?? 1) - (min ?? 0) || 1);
    return (value: number) => from + (value - (min ?? 0)) * each;
  };
  const { x, y } = u.scales;
  const { left, top, width, height } = u.bbox;
  const key = [xScale, yScale, x?.min, x?.max, y?.min, y?.max, left, top, width, height].join();
  return { x: along("x", xScale), y: along("y", yScale), isLog: yScale === "log", key };
}

// One for all lines: a redraw leaves no garbage.
let scratch = new Float64Array(0);

/** Pixels, one pair a point; NaN where the line is broken. Holds until the next path. */
function pathOf(line: Line, values: Float64Array, { x, y, isLog }: Places): Float64Array {
  if (scratch.length < 2 * values.length) scratch = new Float64Array(2 * values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? NaN;
    const isDrawn = Number.isFinite(value) && !(isLog && value <= 0);
    scratch[2 * i] = x(line.x[i] ?? 0);
    scratch[2 * i + 1] = isDrawn ? y(value) : NaN;
  }
  return scratch.subarray(0, 2 * values.length);
}

function stroke(ctx: CanvasRenderingContext2D, line: Line, values: Float64Array, place: Places, alpha: number, width: number, hasDots: boolean): void {
  const pixels = width * devicePixelRatio;
  ctx.globalAlpha = alpha;
  ctx.strokeStyle = ctx.fillStyle = colorOf(line.color);
  const dash = dashOf(line.color).map((part) => part * devicePixelRatio);
  if (values.length > HAIRS_FROM) {
    const { path, hasRoom } = hairOf(ctx, line, values, place, dash);
    const hairs = Math.max(1, Math.round(pixels));
    ctx.lineWidth = 1;
    if (!hasRoom) ctx.setLineDash(dash);
    for (let hair = 0; hair < hairs; hair++) {
      const aside = ((hair - (hairs - 1) / 2) * pixels) / (hairs + 1);
      ctx.translate(aside, aside);
      ctx.stroke(path);
      ctx.translate(-aside, -aside);
    }
  } else {
    const points = pathOf(line, values, place);
    ctx.lineWidth = pixels;
    ctx.lineJoin = "round";
    ctx.setLineDash(dash);
    ctx.stroke(traced(points, [], ctx.canvas.width));
    if (hasDots) drawDots(ctx, points);
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** A path, and whether it has room for dashes by x: a line that goes straight up has none. */
interface Hair { key: string; path: Path2D; hasRoom: boolean }
// A line's points are in new arrays when they change. Another smoothing leaves the raw line as it was.
const hairs = new WeakMap<Float64Array, Hair>();

function hairOf(ctx: CanvasRenderingContext2D, line: Line, values: Float64Array, place: Places, dash: readonly number[]): Hair {
  const key = `${place.key} ${line.color}`;
  const known = hairs.get(values);
  if (known?.key === key) return known;
  const points = pathOf(line, values, place);
  const hasRoom = widthOf(points) >= DASHES_MIN * dash.reduce((sum, part) => sum + part, 0);
  const made = { key, path: traced(points, hasRoom ? dash : [], ctx.canvas.width), hasRoom };
  hairs.set(values, made);
  return made;
}

/** How far a path goes from left to right. */
function widthOf(path: Float64Array): number {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = 0; i < path.length; i += 2) {
    const x = path[i] ?? NaN;
    if (x < least) least = x;
    if (x > greatest) greatest = x;
  }
  return greatest - least;
}

/** Dashes go by x, so that a line that jumps shows them as well as a flat one. */
function traced(points: Float64Array, dash: readonly number[], width: number): Path2D {
  const period = dash.reduce((sum, part) => sum + part, 0);
  const path = new Path2D();
  let isDown = false;
  let [x0, y0] = [NaN, NaN];
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i] ?? 0;
    const y = points[i + 1] ?? NaN;
    if (Number.isNaN(y)) isDown = false;
    else if (!isDown) {
      path.moveTo(x, y);
      isDown = true;
    } else if (Math.abs(x - x0) < NEAR && Math.abs(y - y0) < NEAR && i + 2 < points.length && !Number.isNaN(points[i + 3])) continue;
    else if (period && (x < 0 || x0 > width)) path.moveTo(x, y); // out of sight, as while zoomed in
    else if (!period || x - x0 > width || Math.abs(y - y0) > SPIKE * devicePixelRatio) path.lineTo(x, y);
    else dashTo(path, dash, period, x0, y0, x, y);
    [x0, y0] = [x, y];
  }
  return path;
}

function dashTo(path: Path2D, dash: readonly number[], period: number, x0: number, y0: number, x: number, y: number): void {
  let at = x0;
  do {
    let rest = ((at % period) + period) % period;
    let part = 0;
    while (part < dash.length - 1 && rest >= (dash[part] ?? 0)) rest -= dash[part++] ?? 0;
    const end = Math.min(x, at + Math.max(0.01, (dash[part] ?? 0) - rest));
    const height = x > x0 ? y0 + ((y - y0) * (end - x0)) / (x - x0) : y;
    if (part % 2 === 0) path.lineTo(end, height);
    else path.moveTo(end, height);
    at = end;
  } while (at < x);
}

function drawDots(ctx: CanvasRenderingContext2D, path: Float64Array): void {
  let drawn = 0;
  for (let i = 1; i < path.length; i += 2) if (!Number.isNaN(path[i])) drawn++;
  if (!drawn || drawn > DOTS_MAX) return;
  ctx.beginPath();
  for (let i = 0; i < path.length; i += 2) {
    const [x, y] = [path[i] ?? 0, path[i + 1] ?? NaN];
    if (Number.isNaN(y)) continue;
    ctx.moveTo(x, y);
    ctx.arc(x, y, (drawn === 1 ? 3.5 : 2) * devicePixelRatio, 0, 7);
  }
  ctx.fill();
}

function drawBand(u: uPlot, line: Line): void {
  const { ctx } = u;
  const band = line.band;
  if (!band) return;
  ctx.globalAlpha = 0.12;
  ctx.fillStyle = colorOf(line.color);
  ctx.beginPath();
  const points = [...line.x.keys()].filter((i) => Number.isFinite(band.low[i]));
  for (const i of points) ctx.lineTo(u.valToPos(line.x[i] ?? 0, "x", true), u.valToPos(band.high[i] ?? 0, "y", true));
  for (const i of points.reverse()) ctx.lineTo(u.valToPos(line.x[i] ?? 0, "x", true), u.valToPos(band.low[i] ?? 0, "y", true));
  ctx.fill();
  ctx.globalAlpha = 1;
}

/** NaN as a cross on the floor, infinities as triangles, clipped points as arrows at the edge. */
function drawMarks(u: uPlot, props: Drawing): void {
  const { ctx, bbox } = u;
  const [low, high] = [u.scales.y?.min ?? 0, u.scales.y?.max ?? 1];
  const [left, right] = [u.scales.x?.min ?? 0, u.scales.x?.max ?? 1];
  const size = 4 * devicePixelRatio;
  ctx.lineWidth = 1.5 * devicePixelRatio;
  for (const line of props.lines) {
    if (props.highlight !== null && props.highlight !== line.runId) continue;
    ctx.strokeStyle = ctx.fillStyle = colorOf(line.color);
    for (let i = 0; i < line.raw.length; i++) {
      const value = line.raw[i] ?? NaN;
      const at = line.x[i] ?? NaN;
      if ((value >= low && value <= high) || !(at >= left && at <= right)) continue;
      const x = u.valToPos(at, "x", true);
      ctx.beginPath();
      if (Number.isNaN(value)) {
        if (line.band) continue;
        const y = bbox.top + bbox.height - size * 1.5;
        ctx.moveTo(x - size, y - size);
        ctx.lineTo(x + size, y + size);
        ctx.moveTo(x + size, y - size);
        ctx.lineTo(x - size, y + size);
        ctx.stroke();
        continue;
      }
      const isUp = value > high;
      const y = isUp ? bbox.top + 1 : bbox.top + bbox.height - 1;
      const inside = isUp ? size * 1.6 : -size * 1.6;
      ctx.moveTo(x, y);
      ctx.lineTo(x - size, y + inside);
      ctx.lineTo(x + size, y + inside);
      ctx.closePath();
      if (Number.isFinite(value)) ctx.stroke();
      else ctx.fill();
    }
  }
}
