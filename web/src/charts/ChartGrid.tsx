// Every metric as a chart: found by a search box and by the parts of its key, drawn when seen.

import { useMemo, useState } from "react";
import { count } from "../format";
import { earlier } from "../grouped";
import type { Params } from "../paths";
import { Dialog, Popover, Segments } from "../widgets/basics";
import { MetricChart, type ChartRun, type ChartSettings, type Pin } from "./MetricChart";
import type { XAxis } from "./series";
import type { Scale } from "./ticks";

const A_PAGE = 60;
// So few charts need no headings.
const FEW = 8;
const PINNED = "★ pinned";

export function settingsOf(params: URLSearchParams): ChartSettings {
  const zoom = params.get("zoom")?.split(",").map(Number);
  const smoothing = Number(params.get("smooth") ?? 0);
  return {
    axis: (params.get("x") as XAxis | null) ?? "step",
    xScale: (params.get("xs") as Scale | null) ?? "linear",
    yScale: (params.get("ys") as Scale | null) ?? "linear",
    smoothing: smoothing >= 0 && smoothing < 1 ? smoothing : 0,
    isClipped: params.get("clip") === "1",
    first: (params.get("first") ?? "").split(",").filter(Boolean).map(decodeURIComponent),
    zoom: zoom?.length === 2 && zoom.every(Number.isFinite) ? [zoom[0] ?? 0, zoom[1] ?? 1] : null,
  };
}

const SCALES = [["linear", "Linear"], ["log", "Log"], ["symlog", "Symlog"]] as const;

export function ChartSettingsBar({ settings, metrics, change }: {
  settings: ChartSettings; metrics: readonly string[]; change: (params: Params) => void;
}) {
  return (
    <>
      <select className="field" aria-label="X axis" value={settings.axis} onChange={(event) => change({ x: event.target.value, zoom: undefined })}>
        <option value="step">Step</option>
        <option value="relative">Relative time</option>
        <option value="timestamp">Wall time</option>
        {metrics.slice(0, 200).map((metric) => <option key={metric} value={`metric:${metric}`}>{metric}</option>)}
      </select>
      <Popover label="Chart settings" button="Axes">
        <div className="row"><span className="grow">Y axis</span><Segments label="Y scale" value={settings.yScale} options={SCALES} onChange={(ys) => change({ ys })} /></div>
        <div className="row"><span className="grow">X axis</span><Segments label="X scale" value={settings.xScale} options={SCALES} onChange={(xs) => change({ xs })} /></div>
        <label className="row">Smoothing
          <input className="grow" type="range" min={0} max={0.99} step={0.01} aria-label="Smoothing" value={settings.smoothing}
            onChange={(event) => change({ smooth: event.target.value === "0" ? undefined : event.target.value })} />
          <span className="num" style={{ width: 34 }}>{settings.smoothing.toFixed(2)}</span>
        </label>
        <label className="check"><input type="checkbox" checked={settings.isClipped} onChange={() => change({ clip: settings.isClipped ? undefined : "1" })} />
          Clip outliers (arrows show where points lie)</label>
        <p className="muted">Drag over a chart to zoom all of them; double-click to go back.</p>
      </Popover>
    </>
  );
}

export function ChartGrid({ metrics, runs, settings, change, search, highlight = null, isPending = false }: {
  metrics: readonly string[]; runs: readonly ChartRun[]; settings: ChartSettings; search: string; highlight?: string | null;
  /** Whether the metrics or the runs are still to come. */
  isPending?: boolean;
  change: (params: Params) => void;
}) {
  const [shown, setShown] = useState(A_PAGE);
  const [large, setLarge] = useState<string | null>(null);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const folders = useMemo((): KeyFolder[] => {
    const pinned = settings.first.filter((key) => metrics.includes(key) && key.toLowerCase().includes(search.toLowerCase()));
    const tree = keyTree(metrics.filter((key) => !settings.first.includes(key)), search);
    const keys = tree.flatMap((one) => one.keys);
    const rest = metrics.length > FEW || !keys.length ? tree : [folderAt("", keys)];
    return pinned.length ? [folderAt(PINNED, pinned), ...rest] : rest;
  }, [metrics, search, settings.first.join()]);
  const setFirst = (first: readonly string[]) => change({ first: first.map(encodeURIComponent).join(",") || undefined });
  const pinOf = (metric: string): Pin => {
    const { first } = settings;
    const at = first.indexOf(metric);
    if (at < 0) return { isPinned: false, onPin: () => setFirst([...first, metric]) };
    return {
      isPinned: true, onPin: () => setFirst(first.filter((one) => one !== metric)),
      ...(at > 0 ? { onEarlier: () => setFirst(earlier(first, metric)) } : {}),
    };
  };
  const found = folders.reduce((sum, one) => sum + one.keys.length, 0);
  const onZoom = (zoom: [number, number] | null) => change({ zoom: zoom ? zoom.map((v) => Number(v.toPrecision(14))).join(",") : undefined });
  let left = shown;
  if (isPending && (!metrics.length || !runs.length)) return <div className="grow" />;
  if (!metrics.length) return <div className="empty"><h2>No metrics yet</h2><p>Charts appear as soon as a run logs one.</p></div>;
  if (!runs.length) return <div className="empty"><h2>No runs to draw</h2><p>Charts show the selected runs, or the first of the table.</p></div>;
  if (!found) return <div className="empty">No metric has “{search}” in its name.</div>;
  return (
    <div className="grow" style={{ overflow: "auto" }} tabIndex={0} role="region" aria-label="Charts"
      onScroll={(event) => {
        const box = event.currentTarget;
        if (box.scrollTop + box.clientHeight > box.scrollHeight - 600 && shown < found) setShown(shown + A_PAGE);
      }}>
      {folders.map(({ path, label, depth, keys, total }) => {
        const isIn = [...closed].some((one) => path.startsWith(`${one}/`));
        if (left <= 0 || isIn) return null;
        const isClosed = closed.has(path);
        const part = isClosed ? [] : keys.slice(0, left);
        left -= part.length;
        return (
          <section key={path}>
            {folders.length > 1 && metrics.length > FEW && (
              <button className="button ghost" style={{ margin: `8px 10px 0 ${10 + 16 * depth}px`, maxWidth: `calc(100% - ${20 + 16 * depth}px)` }} aria-expanded={!isClosed}
                title={path} onClick={() => setClosed(toggled(closed, path))}>
                <span className="clip">{isClosed ? "▸" : "▾"} {label || "other"}</span> <span className="muted">{count(total)}</span>
              </button>
            )}
            {part.length > 0 && (
              <div className={`charts ${metrics.length > FEW ? "many" : ""}`} style={{ overflow: "visible" }}>
                {part.map((metric) => (
                  <MetricChart key={metric} metric={metric} runs={runs} settings={settings} onZoom={onZoom} highlight={highlight} onEnlarge={() => setLarge(metric)} pin={pinOf(metric)} />
                ))}
              </div>
            )}
          </section>
        );
      })}
      {large !== null && (
        <Dialog isWide title={large} onClose={() => setLarge(null)}>
          <MetricChart metric={large} runs={runs} settings={settings} onZoom={onZoom} isLarge />
        </Dialog>
      )}
    </div>
  );
}

export function toggled<T>(set: ReadonlySet<T>, one: T): ReadonlySet<T> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}

/** A part of the tree of keys: its own keys, and how many there are with all below it. */
export interface KeyFolder { path: string; label: string; depth: number; keys: string[]; total: number }
const folderAt = (path: string, keys: string[] = []): KeyFolder => ({ path, label: path, depth: 0, keys, total: keys.length });

/** Keys as a tree by their slashes, each folder before those in it; the machine's own come last. */
export function keyTree(metrics: readonly string[], search: string): KeyFolder[] {
  const wanted = search.toLowerCase();
  const folders = new Map<string, KeyFolder>();
  const folder = (path: string): KeyFolder => {
    const known = folders.get(path) ?? folderAt(path);
    folders.set(path, known);
    return known;
  };
  for (const metric of metrics) {
    if (wanted && !metric.toLowerCase().includes(wanted)) continue;
    const parts = metric.split("/").slice(0, -1);
    if (!parts.length) folder("").total++;
    parts.forEach((_, depth) => folder(parts.slice(0, depth + 1).join("/")).total++);
    folder(parts.join("/")).keys.push(metric);
  }
  const isSystem = ({ path }: KeyFolder) => Number(/^system(\/|$)/.test(path));
  const sorted = [...folders.values()].sort((a, b) => isSystem(a) - isSystem(b) || byParts(a.path.split("/"), b.path.split("/")));
  return merged(sorted);
}

/** A folder that holds but one other is told with it: `a/b/c` in one line. */
function merged(sorted: readonly KeyFolder[]): KeyFolder[] {
  const open: KeyFolder[] = [];
  return sorted.filter((one, at) => {
    while (open.length && !one.path.startsWith(`${open.at(-1)?.path}/`)) open.pop();
    const next = sorted[at + 1];
    if (!one.keys.length && next?.total === one.total && next.path.startsWith(`${one.path}/`)) return false;
    const above = open.at(-1);
    one.label = above ? one.path.slice(above.path.length + 1) : one.path;
    one.depth = open.length;
    open.push(one);
    return true;
  });
}

function byParts(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? "").localeCompare(b[at] ?? "");
}
