// One metric of many runs: asks for its buckets when it comes into view, and only then.

import { useEffect, useMemo, useRef, useState } from "react";
import { useBuckets } from "../api/queries";
import { count } from "../format";
import { groupedBy } from "../grouped";
import { Fault } from "../widgets/basics";
import { Plot } from "./Plot";
import { Numbers } from "./Numbers";
import { bandOf, lineOf, marksOf, rangeOf, withSmoothing, type Line, type XAxis } from "./series";
import type { Scale } from "./ticks";

export interface ChartSettings {
  axis: XAxis;
  xScale: Scale;
  yScale: Scale;
  smoothing: number;
  isClipped: boolean;
  /** Metrics whose charts come first, in this order. */
  first: readonly string[];
  zoom: readonly [number, number] | null;
}

export interface ChartRun {
  runId: string;
  label: string;
  color: number;
  group?: string;
}

/** Whether a chart stands among the first, and how to change that. */
export interface Pin { isPinned: boolean; onPin: () => void; onEarlier?: () => void }

const BUCKETS = 500;

export function MetricChart({ metric, runs, settings, onZoom, highlight = null, isLarge = false, onEnlarge, pin }: {
  metric: string; runs: readonly ChartRun[]; settings: ChartSettings; highlight?: string | null; isLarge?: boolean;
  onZoom: (zoom: [number, number] | null) => void; onEnlarge?: () => void; pin?: Pin;
}) {
  const box = useRef<HTMLElement>(null);
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const watch = new IntersectionObserver(([entry]) => setSeen(entry?.isIntersecting ?? false), { rootMargin: "200px" });
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const { axis, smoothing, zoom } = settings;
  const isMetric = axis.startsWith("metric:");
  const runIds = useMemo(() => runs.map((run) => run.runId), [runs]);
  const question = { runIds, axis: isMetric ? ("step" as const) : (axis as "step" | "timestamp" | "relative"), zoom: isMetric ? null : zoom, buckets: isLarge ? 2 * BUCKETS : BUCKETS };
  const { data, error, refetch, isPending } = useBuckets({ ...question, metric }, isSeen);
  const other = useBuckets({ ...question, metric: axis.slice("metric:".length) }, isSeen && isMetric);
  const plain = useMemo(() => {
    const known = new Map(runs.map((run) => [run.runId, run]));
    const others = new Map((other.data ?? []).map((one) => [one.run_id, one]));
    return (data ?? []).flatMap((one) => {
      const run = known.get(one.run_id ?? "");
      return run ? [{ run, line: lineOf(one, axis, 0, run.label, run.color, others.get(one.run_id)) }] : [];
    });
  }, [data, other.data, runs, axis]);
  const lines = useMemo(() => {
    const made = plain.map(({ run, line }) => ({ run, line: withSmoothing(line, smoothing) }));
    if (!runs.some((run) => run.group !== undefined)) return made.map(({ line }) => line);
    const groups = groupedBy(made, ({ run }) => run.group ?? "");
    return [...groups].map(([group, members], index) => bandOf(members.map(({ line }) => line), group, members[0]?.run.color ?? index));
  }, [plain, runs, smoothing]);
  const points = lines.reduce((sum, line) => sum + line.count, 0);
  const drawn = (data ?? []).reduce((sum, one) => sum + (one.values?.length ?? 0), 0);
  const isSampled = lines.some((line) => line.isSampled);
  const hiddenByLog = settings.yScale === "log" ? lines.reduce((sum, line) => sum + line.raw.filter((v) => v <= 0).length, 0) : 0;
  const range = useMemo(() => rangeOf(lines, settings.yScale, settings.isClipped, zoom), [lines, settings.yScale, settings.isClipped, zoom]);
  const marks = useMemo(() => lines.map((line) => marksOf(line, range)), [lines, range]);
  const unbounded = marks.reduce((sum, one) => sum + one.nan + one.up + one.down, 0);
  const beyond = settings.isClipped ? marks.reduce((sum, one) => sum + one.above + one.below, 0) : 0;
  const [isTable, setTable] = useState(false);
  const isNone = !error && data !== undefined && lines.length === 0;
  const note = unseen(lines, settings.yScale);
  return (
    <article className={`card chart ${isLarge ? "large" : ""} ${isNone ? "none" : ""}`} ref={box} aria-label={metric} data-metric={metric}>
      <header>
        {isLarge ? <span className="grow" /> : <h2 className="clip grow" title={metric}>{metric}</h2>}
        {isSampled && <span className="chip" title="Of each pixel the least, the greatest and the last point are drawn. Zoom in for more.">sampled {count(drawn)} of {count(points)}</span>}
        {hiddenByLog > 0 && <span className="chip warn" title="A log axis has no place for 0 and below; symlog has.">{count(hiddenByLog)} not above 0</span>}
        {unbounded > 0 && <span className="chip" title="NaN stands as a cross at the foot, ±∞ as a filled triangle at the edge.">{count(unbounded)} not finite</span>}
        {beyond > 0 && <span className="chip" title="Points out of the clipped range stand as open triangles at the edge.">{count(beyond)} clipped</span>}
        {zoom && <button className="button ghost" onClick={() => onZoom(null)}>Reset zoom</button>}
        <span className="chart-tools">
          {pin?.onEarlier && <button className="button ghost icon-button" aria-label={`Move ${metric} before`} title="One place earlier" onClick={pin.onEarlier}>←</button>}
          {pin && <button className="button ghost icon-button" aria-label={`Pin ${metric}`} aria-pressed={pin.isPinned} title={pin.isPinned ? "No longer among the first" : "Among the first, in an order of your own"} onClick={pin.onPin}>{pin.isPinned ? "★" : "☆"}</button>}
          <button className="button ghost icon-button" aria-label={`${metric} as a table`} aria-pressed={isTable} title="Legend and numbers" onClick={() => setTable(!isTable)}>≡</button>
          {onEnlarge && <button className="button ghost icon-button" aria-label={`Enlarge ${metric}`} title="Enlarge" onClick={onEnlarge}>⤢</button>}
        </span>
      </header>
      {error ? <div className="body"><Fault error={error} retry={() => void refetch()} /></div>
        : !isSeen || (isPending && runIds.length > 0) ? <div className="plot" />
        : lines.length === 0 ? <div className="empty">None of these runs has this metric.</div>
        : isTable ? <Numbers lines={lines} metric={metric} range={range} />
        : <Plot lines={lines} axis={axis} xScale={settings.xScale} yScale={settings.yScale} range={range}
            zoom={zoom} highlight={highlight} label={metric} onZoom={onZoom} note={note} />}
    </article>
  );
}

/** Why a plot shows no line at all, where it shows none. */
function unseen(lines: readonly Line[], scale: Scale): string {
  let isFinite = false;
  for (const line of lines)
    for (const value of line.raw) {
      if (!Number.isFinite(value)) continue;
      if (scale !== "log" || value > 0) return "";
      isFinite = true;
    }
  return isFinite ? "No value is above 0, where a log axis begins" : "No value is a finite number";
}
