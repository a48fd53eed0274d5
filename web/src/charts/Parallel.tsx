// Parallel coordinates: an axis a parameter that varies, the target last; brushing selects runs.

import { useState } from "react";
import { number, shortened } from "../format";
import type { Row } from "../table/rows";
import { toggled } from "./ChartGrid";
import { numeric } from "./importance";
import { useWidth } from "../widgets/basics";
import { extentOf } from "./Scatter";

const HEIGHT = 300;
const TOP = 34;
const BOTTOM = 18;
const GAP_MIN = 110;
const SIDE = 70;
const TEXTS_MAX = 30;
// Values that lie so far apart, as learning rates do, are seen on a log axis.
const LOG_FROM = 50;

interface Axis { id: string; at: number; label: string; isLog: boolean; place: (row: Row) => number | null; ends: [string, string]; texts: string[] }

function axisOf(id: string, at: number, rows: readonly Row[], isOther: boolean): Axis {
  const values = rows.map((row) => numeric(row.cells[at]));
  const filled = rows.filter((row) => row.cells[at] !== undefined);
  const label = id.slice(2);
  const length = HEIGHT - TOP - BOTTOM;
  if (filled.length && filled.every((row) => Number.isFinite(numeric(row.cells[at])) || typeof row.cells[at] === "number")) {
    const [least, greatest] = extentOf(values);
    const isWide = least > 0 && greatest / least > LOG_FROM;
    const canLog = isWide !== isOther && values.every((value) => !(value <= 0));
    const told = (value: number) => (canLog ? Math.log(value) : value);
    const [low, high] = extentOf(values.map(told));
    const back = (value: number) => number(Number((canLog ? Math.exp(value) : value).toPrecision(4)));
    const place = (row: Row) => {
      const value = told(numeric(row.cells[at]));
      return Number.isFinite(value) ? TOP + length * (1 - (value - low) / (high - low)) : null;
    };
    return { id, at, label, isLog: canLog, place, ends: [back(low), back(high)], texts: [] };
  }
  const texts = [...new Set(filled.map((row) => String(row.cells[at])))].sort().slice(0, TEXTS_MAX);
  const place = (row: Row) => {
    const found = texts.indexOf(String(row.cells[at]));
    return found < 0 ? null : TOP + (length * (found + 0.5)) / texts.length;
  };
  return { id, at, label, isLog: false, place, ends: ["", ""], texts };
}

/** A text where there is little room; whole when hovering. */
function cut(text: string, length: number) {
  const short = shortened(text, length);
  return short === text ? text : <>{short}<title>{text}</title></>;
}

export function Parallel({ rows, ids, axes, selected, onSelect }: {
  rows: readonly Row[]; ids: readonly string[]; axes: readonly string[]; selected: ReadonlySet<string>; onSelect: (ids: string[]) => void;
}) {
  const [logs, setLogs] = useState<ReadonlySet<string>>(new Set());
  const [brush, setBrush] = useState<{ axis: string; from: number; to: number } | null>(null);
  const made = axes.map((id) => axisOf(id, ids.indexOf(id), rows, logs.has(id)));
  const [box, room] = useWidth(700);
  const spaces = Math.max(1, made.length - 1);
  const gap = Math.max(GAP_MIN, (room - 2 * SIDE) / spaces);
  const width = 2 * SIDE + gap * spaces;
  const x = (index: number) => SIDE + index * gap;
  const last = made.at(-1);
  const finish = () => {
    const axis = made.find((one) => one.id === brush?.axis);
    if (brush && axis && Math.abs(brush.to - brush.from) > 3) {
      const [low, high] = [Math.min(brush.from, brush.to), Math.max(brush.from, brush.to)];
      onSelect(rows.filter((row) => { const at = axis.place(row); return at !== null && at >= low && at <= high; }).map((row) => row.runId));
    }
    setBrush(null);
  };
  const start = (axis: string, event: React.PointerEvent<SVGRectElement>) => {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = event.clientY - (box?.top ?? 0);
    setBrush({ axis, from: at, to: at });
  };
  const move = (event: React.PointerEvent<SVGRectElement>) => {
    const box = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    if (brush) setBrush({ ...brush, to: event.clientY - (box?.top ?? 0) });
  };
  if (made.length < 2) return <div className="empty" ref={box}>Parameters that differ between runs show here.</div>;
  return (
    <div className="scroll-x" ref={box} tabIndex={0} role="region" aria-label="Parallel coordinates">
      <svg width={width} height={HEIGHT} aria-label={`Parallel coordinates of ${rows.length} runs`} role="group">
        {rows.map((row) => {
          const points = made.map((axis, index) => [x(index), axis.place(row)] as const).filter((p): p is readonly [number, number] => p[1] !== null);
          const isOn = !selected.size || selected.has(row.runId);
          const shade = last ? 1 - ((last.place(row) ?? HEIGHT) - TOP) / (HEIGHT - TOP - BOTTOM) : 0.5;
          return <polyline key={row.runId} points={points.map((p) => p.join()).join(" ")} fill="none" strokeWidth={isOn ? 1.4 : 1}
            style={{ stroke: isOn ? `color-mix(in oklab, var(--high) ${Math.round(100 * Math.max(0, Math.min(1, shade)))}%, var(--low))` : "var(--line-strong)" }} opacity={isOn ? 0.75 : 0.25} />;
        })}
        {made.map((axis, index) => (
          <g key={axis.id}>
            <line x1={x(index)} x2={x(index)} y1={TOP} y2={HEIGHT - BOTTOM} stroke="var(--muted)" />
            <a href="#" role="button" aria-label={`${axis.label}: ${axis.isLog ? "linear" : "log"} axis`}
              onClick={(event) => { event.preventDefault(); setLogs(toggled(logs, axis.id)); }}>
              <text x={x(index)} y={12} textAnchor="middle" fontSize="12" fill="var(--text)">{cut(axis.label, Math.floor(Math.min(2 * SIDE, gap) / 7.6) - (axis.isLog ? 6 : 0))}{axis.isLog ? " (log)" : ""}</text></a>
            <text x={x(index) + 6} y={TOP + 4} fontSize="11" className="on-lines">{axis.ends[1]}</text>
            <text x={x(index) + 6} y={HEIGHT - BOTTOM + 2} fontSize="11" className="on-lines">{axis.ends[0]}</text>
            {axis.texts.map((text, at) => <text key={text} x={x(index) + 6} y={TOP + ((HEIGHT - TOP - BOTTOM) * (at + 0.5)) / axis.texts.length + 4} fontSize="11" className="on-lines">{cut(text, 16)}</text>)}
            {brush?.axis === axis.id && <rect x={x(index) - 8} width={16} y={Math.min(brush.from, brush.to)} height={Math.abs(brush.to - brush.from)} fill="var(--accent)" opacity={0.3} />}
            <rect x={x(index) - 12} y={TOP} width={24} height={HEIGHT - TOP - BOTTOM} fill="transparent" style={{ cursor: "ns-resize", touchAction: "none" }}
              onPointerDown={(event) => start(axis.id, event)} onPointerMove={move} onPointerUp={finish} />
          </g>
        ))}
      </svg>
    </div>
  );
}
