// Parallel coordinates, scatter and importance over the runs of the search.

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { searchRuns } from "../api/queries";
import type { RunColumn } from "../api/generated";
import { count } from "../format";
import type { Params } from "../paths";
import { columnOf, rowOf, title, type Column, type Row } from "../table/rows";
import { bodyOf, type RunsQuestion } from "../table/use-runs";
import { Fault } from "../widgets/basics";
import { importanceOf } from "./importance";
import { Parallel } from "./Parallel";
import { Scatter, type Field } from "./Scatter";

export const EXPLORED_MAX = 1000;
const AXES_MAX = 8;

export function Explore({ question, columns, selected, onSelect, params, change }: {
  question: RunsQuestion; columns: readonly RunColumn[]; selected: ReadonlySet<string>; params: URLSearchParams;
  onSelect: (ids: string[]) => void; change: (params: Params) => void;
}) {
  const varying = columns.filter((one) => one.kind === "params" && one.is_varying).slice(0, 100);
  const metrics = columns.filter((one) => one.kind === "metrics").slice(0, 500);
  const target = params.get("target") ?? `m:${likelyTarget(metrics)}`;
  const wanted = [...varying.map((one) => `p:${one.key}`), target, params.get("sx") ?? "", params.get("sy") ?? ""];
  const asked = [...new Set(wanted)].map((id) => columnOf(id)).filter((one): one is Column => one !== null);
  const ids = asked.map((one) => one.id);
  const { data, error, refetch } = useQuery({
    queryKey: ["runs", "explore", question.experimentId, question.filter, question.view, ids],
    queryFn: async ({ signal }) =>
      ((await searchRuns({ ...bodyOf({ ...question, columns: asked }), max_results: EXPLORED_MAX }, signal)).runs ?? []).map((run) => rowOf(run, asked)),
  });
  const rows: readonly Row[] = data ?? [];
  const targetAt = ids.indexOf(target);
  const axes = [...varying.slice(0, AXES_MAX - 1).map((one) => `p:${one.key}`), target].filter((id) => ids.includes(id));
  const importance = useMemo(() => importanceOf(rows, asked, targetAt), [rows, target]);
  if (error) return <div style={{ padding: 14 }}><Fault error={error} retry={() => void refetch()} /></div>;
  if (!data) return <div className="empty">Loading …</div>;
  const at = (name: string, fallback: string) => {
    const id = params.get(name) ?? fallback;
    return ids.includes(id) ? id : (ids[0] ?? "");
  };
  const choice = (label: string, name: string, value: string, all: readonly RunColumn[]) => (
    <label className="row">{label}
      <select className="field" style={{ maxWidth: 160 }} value={value} onChange={(event) => change({ [name]: event.target.value })}>
        {all.map((one) => <option key={`${one.kind}${one.key}`} value={`${one.kind === "metrics" ? "m" : "p"}:${one.key}`}>{one.key}</option>)}
      </select>
    </label>
  );
  const sx = at("sx", importance[0] ? `p:${importance[0].key}` : (axes[0] ?? target));
  const sy = at("sy", target);
  const fieldOf = (id: string, name: string): Field => ({ at: ids.indexOf(id), label: titleOf(id), isLog: params.get(name) === "log" });
  const logOf = (name: string, axis: string) => (
    <button className="button" aria-pressed={params.get(name) === "log"} aria-label={`Log ${axis} axis`} onClick={() => change({ [name]: params.get(name) === "log" ? undefined : "log" })}>log</button>
  );
  return (
    <div className="stack grow" style={{ overflow: "auto", padding: 12 }} tabIndex={0} role="region" aria-label="Explore">
      <div className="row wrap">
        {choice("Target metric", "target", target, metrics)}
        <span className="muted">{count(rows.length)} runs{rows.length === EXPLORED_MAX ? `, the first ${EXPLORED_MAX} of the search` : ""}</span>
        {selected.size > 0 && <button className="button" onClick={() => onSelect([])}>Clear selection</button>}
      </div>
      <section className="card"><header><h2 className="grow">Parallel coordinates</h2><span className="muted wide-only">Drag along an axis to select runs; click a name for a log axis</span></header>
        <Parallel rows={rows} ids={ids} axes={axes} selected={selected} onSelect={onSelect} /></section>
      <div className="columns">
        <section className="card"><header className="wrap"><h2 style={{ flex: "1 0 auto" }}>Scatter</h2>
          {choice("x", "sx", sx, [...varying, ...metrics])}{logOf("sxs", "x")}{choice("y", "sy", sy, [...metrics, ...varying])}{logOf("sys", "y")}</header>
          <Scatter rows={rows} x={fieldOf(sx, "sxs")} y={fieldOf(sy, "sys")} selected={selected} /></section>
        <section className="card"><header><h2 className="grow">Parameter importance for {titleOf(target)}</h2></header>
          <div className="body stack">
            <p className="muted">Correlation of ranks with the target, numbers only for numbers; the correlation ratio for texts. It shows what went together, not what caused what{importance[0] && importance[0].n < 30 ? "; with so few runs it may well be chance" : ""}.</p>
            <table className="list"><thead><tr><th>Parameter</th><th>Strength</th><th className="num">Direction</th><th className="num">n</th></tr></thead><tbody>
              {importance.slice(0, 20).map((one) => (
                <tr key={one.key}><td>{one.key}</td><td><meter min={0} max={1} value={one.strength} aria-label={`Importance of ${one.key}`} /> {one.strength.toFixed(2)}</td>
                  <td className="num">{one.direction === null ? <span className="muted">text</span> : one.direction.toFixed(2).replace("-", "−")}</td><td className="num">{one.n}</td></tr>
              ))}
            </tbody></table>
            {importance.length === 0 && <p className="muted">Needs at least three runs with a parameter that varies.</p>}
          </div></section>
      </div>
    </div>
  );
}

/** The metric that people most likely want to explain: a validation score, else a score, else any. */
function likelyTarget(metrics: readonly RunColumn[]): string {
  const names = metrics.filter((one) => one.is_varying && !one.key?.startsWith("system/")).map((one) => one.key ?? "");
  const score = /acc|auc|f1|score|loss|error|perplexity|reward/i;
  return names.find((name) => /val|test|eval/i.test(name) && score.test(name)) ?? names.find((name) => score.test(name)) ?? names[0] ?? metrics[0]?.key ?? "";
}

function titleOf(id: string): string {
  const column = columnOf(id);
  return column ? title(column) : id;
}
