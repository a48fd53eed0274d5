// One plot on uPlot: axes, scales, zoom and cursor are uPlot's, the lines are drawn by draw.ts, each
// with its own x.

import { useEffect, useRef, useState } from "react";
import uPlot from "uplot";
import { number, span } from "../format";
import { theme, useStore } from "../stores/store";
import { drawLines } from "./draw";
import { Swatch } from "./Numbers";
import { nearest, type Line, type XAxis } from "./series";
import { SPAN_INCREMENTS, STEP_INCREMENTS, numberTicks, spanTick, ticksOf, timeTicks, type Scale } from "./ticks";

export interface PlotProps {
  lines: readonly Line[];
  axis: XAxis;
  xScale: Scale;
  yScale: Scale;
  /** Of y. */
  range: readonly [number, number];
  zoom: readonly [number, number] | null;
  highlight: string | null;
  label: string;
  /** Why there is nothing to see, if so. */
  note: string;
  onZoom: (zoom: [number, number] | null) => void;
}

const DISTRIBUTIONS = { linear: 1, log: 3, symlog: 4 } as const;
const TOLD_MAX = 10;
// Room that a tick takes, in pixels.
const [X_TICK, Y_TICK] = [56, 24];
const TICKS_MAX = 12;

export function xText(axis: XAxis, value: number): string {
  if (axis === "timestamp") return new Date(value).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });
  if (axis === "relative") return `after ${span(value)}`;
  return axis === "step" ? `step ${number(value)}` : `${axis.slice("metric:".length)} ${number(value)}`;
}

interface Hover { left: number; top: number; x: number; rows: { line: Line; at: number }[]; more: number }

export function Plot(props: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const now = useRef(props);
  now.current = props;
  const [hover, setHover] = useState<Hover | null>(null);
  useStore(theme);
  const shade = document.documentElement.dataset.theme;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = new uPlot(optionsOf(element, now, setHover), dataOf(now.current.lines), element);
    plot.current = made;
    const watch = new ResizeObserver(() => {
      if (element.clientWidth > 40 && element.clientHeight > 40)
        made.setSize({ width: element.clientWidth, height: element.clientHeight });
    });
    watch.observe(element);
    return () => {
      watch.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [props.axis, props.xScale, props.yScale, shade]);

  // New points, another zoom, other runs: the same plot drawn again; the cursor stays where it is.
  useEffect(() => {
    const made = plot.current;
    if (!made) return;
    made.batch(() => {
      made.setData(dataOf(props.lines), false);
      setScales(made, now.current);
    });
    made.redraw(false, true);
  }, [props.lines, props.zoom, props.range, props.highlight]);

  return (
    <div className="plot" ref={box} role="img" aria-label={described(props)} onMouseLeave={() => setHover(null)}>
      {props.note && <div className="over-plot">{props.note}</div>}
      {hover && hover.rows.length > 0 && <Tooltip hover={hover} axis={props.axis} width={box.current?.clientWidth ?? 300} />}
    </div>
  );
}

function described({ label, lines }: PlotProps): string {
  const last = lines.slice(0, 5).map((line) => `${line.label}: ${number(line.raw.at(-1) ?? NaN)}`);
  return `${label}, ${lines.length} lines. Last values: ${last.join("; ")}`;
}

function dataOf(lines: readonly Line[]): uPlot.AlignedData {
  // One series of uPlot's is enough: it holds the ends of x, and draws all lines.
  const ends = extent(lines);
  return [ends, ends.map(() => 0)] as unknown as uPlot.AlignedData;
}

function extent(lines: readonly Line[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const line of lines)
    for (const x of [line.x[0], line.x.at(-1)])
      if (x !== undefined && Number.isFinite(x)) {
        low = Math.min(low, x);
        high = Math.max(high, x);
      }
  if (low > high) return [0, 1];
  return low === high ? [low - 0.5, high + 0.5] : [low, high];
}

function setScales(made: uPlot, props: PlotProps): void {
  const [from, to] = props.zoom ?? extent(props.lines);
  const isLogX = props.xScale === "log";
  made.setScale("x", { min: isLogX ? Math.max(from, smallestAbove(props.lines)) : from, max: Math.max(to, isLogX ? 1 : to) });
  made.setScale("y", { min: props.range[0], max: props.range[1] });
}

function smallestAbove(lines: readonly Line[]): number {
  let least = Infinity;
  for (const line of lines) for (const x of line.x) if (x > 0 && x < least) least = x;
  return Number.isFinite(least) ? least : 0.1;
}

function optionsOf(element: HTMLElement, now: { current: PlotProps }, setHover: (hover: Hover | null) => void): uPlot.Options {
  const style = getComputedStyle(document.documentElement);
  const stroke = style.getPropertyValue("--muted");
  const grid = { stroke: style.getPropertyValue("--line"), width: 1 };
  const font = "11px system-ui, sans-serif";
  const { axis, xScale, yScale } = now.current;
  const [low, high] = now.current.range;
  // As it is set: uPlot's own would widen it to whole decades.
  const range = (_u: uPlot, min: number, max: number): [number, number] => [min, max];
  const ends = now.current.zoom ?? extent(now.current.lines);
  return {
    width: Math.max(80, element.clientWidth), height: Math.max(80, element.clientHeight), legend: { show: false }, ms: 1,
    padding: [8, 16, 0, 0],
    scales: {
      x: { range, time: axis === "timestamp", distr: DISTRIBUTIONS[xScale], auto: false, min: xScale === "log" ? Math.max(ends[0], smallestAbove(now.current.lines)) : ends[0], max: ends[1] },
      y: { range, distr: DISTRIBUTIONS[yScale], auto: false, min: low, max: high },
    },
    axes: [
      { stroke, grid, ticks: grid, font, ...xAxisOf(axis, xScale) },
      {
        stroke, grid, ticks: grid, font, values: (_u, values) => numberTicks(values), filter: (_u, splits) => splits,
        splits: (u, _axis, min, max) => ticksOf(yScale, min, max, Math.min(TICKS_MAX, u.bbox.height / devicePixelRatio / Y_TICK)),
        size: (_u, values) => Math.max(52, ...(values ?? []).map((text) => 16 + 6.4 * text.length)),
      },
    ],
    series: [{}, { show: true, paths: () => null, points: { show: false } }],
    cursor: { y: false, points: { show: false }, drag: { x: true, y: false, setScale: false }, dataIdx: () => null as unknown as number },
    hooks: {
      draw: [(u) => drawLines(u, now.current)],
      setCursor: [(u) => setHover(hoverOf(u, now.current))],
      setSelect: [(u) => {
        if (u.select.width < 4) return;
        const zoom: [number, number] = [u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x")];
        u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
        now.current.onZoom(zoom);
      }],
      ready: [(u) => u.over.addEventListener("dblclick", () => now.current.onZoom(null))],
    },
  };
}

function xAxisOf(axis: XAxis, scale: Scale): Partial<uPlot.Axis> {
  const filter = (_u: uPlot, splits: number[]) => splits;
  if (axis === "timestamp") return { size: 44, values: (_u, times) => timeTicks(times) };
  const values = (_u: uPlot, found: number[]) => (axis === "relative" ? found.map(spanTick) : numberTicks(found));
  const splits: uPlot.Axis.Splits = (u, _axis, min, max) => ticksOf(scale, min, max, Math.min(TICKS_MAX, u.bbox.width / devicePixelRatio / X_TICK));
  if (scale !== "linear") return { size: 28, filter, values, splits };
  const incrs = axis === "relative" ? SPAN_INCREMENTS : axis === "step" ? STEP_INCREMENTS : undefined;
  return { size: 28, values, ...(incrs ? { incrs, space: (u: uPlot) => Math.max(X_TICK, u.bbox.width / devicePixelRatio / TICKS_MAX) } : { filter, splits }) };
}

function hoverOf(u: uPlot, props: PlotProps): Hover | null {
  const { left = -1, top = -1 } = u.cursor;
  if (left < 0 || top < 0) return null;
  const x = u.posToVal(left, "x");
  const found = props.lines
    .map((line) => ({ line, at: nearest(line.x, x) }))
    .filter(({ at }) => at >= 0)
    .map((one) => {
      const value = (one.line.smooth ?? one.line.raw)[one.at] ?? NaN;
      return { ...one, distance: Number.isFinite(value) ? Math.abs(u.valToPos(value, "y") - top) : Infinity };
    })
    .sort((a, b) => a.distance - b.distance);
  return { left, top, x, rows: found.slice(0, TOLD_MAX), more: Math.max(0, found.length - TOLD_MAX) };
}

function Tooltip({ hover, axis, width }: { hover: Hover; axis: XAxis; width: number }) {
  const style = hover.left > width / 2 ? { right: width - hover.left - 44, top: 12 } : { left: hover.left + 76, top: 12 };
  const first = hover.rows[0];
  return (
    <div className="tooltip" style={style}>
      <div className="muted">{first && xText(axis, first.line.x[first.at] ?? NaN)}</div>
      <table>
        <tbody>
          {hover.rows.map(({ line, at }, index) => (
            <tr key={line.runId} className={index === 0 ? "nearest" : ""}>
              <td><Swatch color={line.color} /></td>
              <td>{line.label}</td>
              <td className="num">{number((line.smooth ?? line.raw)[at] ?? NaN)}</td>
              {line.smooth && <td className="num muted">raw {number(line.raw[at] ?? NaN)}</td>}
              {line.band && <td className="num muted">{number(line.band.low[at] ?? NaN)} to {number(line.band.high[at] ?? NaN)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      {hover.more > 0 && <div className="muted">and {hover.more} more</div>}
    </div>
  );
}
