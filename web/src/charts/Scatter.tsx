// Any two fields of the runs against each other.

import { useMemo } from "react";
import { number } from "../format";
import { pages } from "../paths";
import type { Row } from "../table/rows";
import { useWidth } from "../widgets/basics";
import { numeric } from "./importance";

const HEIGHT = 320;
const EDGE = { left: 62, right: 14, top: 12, bottom: 40 };

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

export function Scatter({ rows, x, y, selected, xLabel, yLabel }: {
  rows: readonly Row[]; x: number; y: number; selected: ReadonlySet<string>; xLabel: string; yLabel: string;
}) {
  const points = useMemo(
    () => rows.map((row) => ({ row, x: numeric(row.cells[x]), y: numeric(row.cells[y]) })).filter((p) => Number.isFinite(p.x) && Number.isFinite(p.y)),
    [rows, x, y],
  );
  const [box, width] = useWidth(520);
  const [x0, x1] = extentOf(points.map((p) => p.x));
  const [y0, y1] = extentOf(points.map((p) => p.y));
  const px = (value: number) => EDGE.left + ((value - x0) / (x1 - x0)) * (width - EDGE.left - EDGE.right);
  const py = (value: number) => HEIGHT - EDGE.bottom - ((value - y0) / (y1 - y0)) * (HEIGHT - EDGE.top - EDGE.bottom);
  const ticks = (low: number, high: number) => [0, 0.25, 0.5, 0.75, 1].map((part) => low + part * (high - low));
  return (
    <div className="body" ref={box}>
      <svg width={width} height={HEIGHT} style={{ display: "block" }} role="group" aria-label={`${yLabel} against ${xLabel}, ${points.length} runs`}>
        {ticks(y0, y1).map((tick) => (
          <g key={`y${tick}`}><line x1={EDGE.left} x2={width - EDGE.right} y1={py(tick)} y2={py(tick)} stroke="var(--line)" />
            <text x={EDGE.left - 6} y={py(tick) + 4} textAnchor="end" fontSize="11" fill="var(--muted)">{number(Number(tick.toPrecision(3)))}</text></g>
        ))}
        {ticks(x0, x1).map((tick) => <text key={`x${tick}`} x={px(tick)} y={HEIGHT - 22} textAnchor="middle" fontSize="11" fill="var(--muted)">{number(Number(tick.toPrecision(3)))}</text>)}
        <text x={(width + EDGE.left) / 2} y={HEIGHT - 5} textAnchor="middle" fontSize="11" fill="var(--muted)">{xLabel}</text>
        {points.map(({ row, x: at, y: value }) => (
          <a key={row.runId} href={pages.run(row.experimentId, row.runId)} tabIndex={-1}>
            <circle cx={px(at)} cy={py(value)} r={selected.has(row.runId) ? 5 : 3.5} fill="var(--accent)" opacity={selected.size && !selected.has(row.runId) ? 0.2 : 0.7}>
              <title>{`${row.name}\n${xLabel}: ${number(at)}\n${yLabel}: ${number(value)}`}</title>
            </circle>
          </a>
        ))}
      </svg>
      {points.length < rows.length && <p className="muted">{rows.length - points.length} runs have no number in one of the two.</p>}
    </div>
  );
}
