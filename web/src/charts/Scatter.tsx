// Any two fields of the runs against each other, on linear or log axes.

import { useMemo } from "react";
import { number } from "../format";
import { pages } from "../paths";
import type { Row } from "../table/rows";
import { useWidth } from "../widgets/basics";
import { numeric } from "./importance";
import { ticksOf } from "./ticks";

const HEIGHT = 320;
const EDGE = { left: 62, right: 18, top: 12, bottom: 40 };
// Room that a tick takes, in pixels.
const [X_TICK, Y_TICK] = [80, 40];

export function extentOf(values: readonly number[]): [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [0, 1];
  return low === high ? [low - 1, high + 1] : [low, high];
}

interface Axis { place: (value: number) => number; ticks: number[] }

/** From `start` to `end` in pixels; a little is left free at both ends. */
function axisOf(values: readonly number[], isLog: boolean, start: number, end: number, room: number): Axis {
  const to = isLog ? Math.log10 : (value: number) => value;
  const [low, high] = extentOf(values.map(to));
  const margin = (high - low) * 0.03;
  const [from, until] = [low - margin, high + margin];
  const place = (value: number) => start + ((to(value) - from) / (until - from)) * (end - start);
  const back = isLog ? (value: number) => 10 ** value : (value: number) => value;
  return { place, ticks: ticksOf(isLog ? "log" : "linear", back(from), back(until), Math.abs(end - start) / room) };
}

export interface Field { at: number; label: string; isLog: boolean }

export function Scatter({ rows, x, y, selected }: { rows: readonly Row[]; x: Field; y: Field; selected: ReadonlySet<string> }) {
  const points = useMemo(() => {
    const fits = (value: number, isLog: boolean) => Number.isFinite(value) && (!isLog || value > 0);
    return rows.map((row) => ({ row, x: numeric(row.cells[x.at]), y: numeric(row.cells[y.at]) }))
      .filter((one) => fits(one.x, x.isLog) && fits(one.y, y.isLog));
  }, [rows, x.at, y.at, x.isLog, y.isLog]);
  const [box, width] = useWidth(520);
  const across = axisOf(points.map((one) => one.x), x.isLog, EDGE.left, width - EDGE.right, X_TICK);
  const up = axisOf(points.map((one) => one.y), y.isLog, HEIGHT - EDGE.bottom, EDGE.top, Y_TICK);
  return (
    <div className="body" ref={box}>
      <svg width={width} height={HEIGHT} style={{ display: "block" }} role="group" aria-label={`${y.label} against ${x.label}, ${points.length} runs`}>
        {up.ticks.map((tick) => (
          <g key={`y${tick}`}><line x1={EDGE.left} x2={width - EDGE.right} y1={up.place(tick)} y2={up.place(tick)} stroke="var(--line)" />
            <text x={EDGE.left - 6} y={up.place(tick) + 4} textAnchor="end" fontSize="11" fill="var(--muted)">{number(tick)}</text></g>
        ))}
        {across.ticks.map((tick) => (
          <g key={`x${tick}`}><line x1={across.place(tick)} x2={across.place(tick)} y1={EDGE.top} y2={HEIGHT - EDGE.bottom} stroke="var(--line)" />
            <text x={across.place(tick)} y={HEIGHT - 24} textAnchor="middle" fontSize="11" fill="var(--muted)">{number(tick)}</text></g>
        ))}
        <text x={(width + EDGE.left) / 2} y={HEIGHT - 5} textAnchor="middle" fontSize="12" fill="var(--text)">{x.label}{x.isLog ? " (log)" : ""}</text>
        {points.map(({ row, x: at, y: value }) => (
          <a key={row.runId} href={pages.run(row.experimentId, row.runId)} tabIndex={-1}>
            <circle cx={across.place(at)} cy={up.place(value)} r={selected.has(row.runId) ? 5 : 3.5} fill="var(--accent)" opacity={selected.size && !selected.has(row.runId) ? 0.2 : 0.7}>
              <title>{`${row.name}\n${x.label}: ${number(at)}\n${y.label}: ${number(value)}`}</title>
            </circle>
          </a>
        ))}
      </svg>
      {points.length < rows.length && <p className="muted">{rows.length - points.length} runs have no number{x.isLog || y.isLog ? " above 0" : ""} in one of the two.</p>}
    </div>
  );
}
