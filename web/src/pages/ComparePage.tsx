// 2 to 200 runs: what differs first, and their charts below on the same page.

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { double } from "../api/client";
import type { Run } from "../api/generated";
import { searchRuns } from "../api/queries";
import { ChartGrid, ChartSettingsBar, settingsOf, toggled } from "../charts/ChartGrid";
import { Swatch } from "../charts/Numbers";
import { number, span } from "../format";
import { pages } from "../paths";
import { CompareArtifacts } from "../run/CompareArtifacts";
import { diffWords } from "../run/diff";
import { groupedBy } from "../grouped";
import { useAddress } from "../stores/address";
import { Dialog, Fault, Key } from "../widgets/basics";

const RUNS_MAX = 200;

interface Line { section: string; key: string; values: (string | undefined)[]; isVarying: boolean; isNumber: boolean }

/** What a nested key is folded under: all but its last part. */
const foldOf = (key: string) => key.split(/[./]/).slice(0, -1).join("/");

/** One line a key: what differs first, then by name. */
export function linesOf(runs: readonly Run[]): Line[] {
  const sections: [string, (run: Run) => Map<string, string>][] = [
    ["Run", (run) => new Map([["status", run.info?.status ?? ""], ["user", run.info?.user_id ?? ""], ...(run.info?.end_time && run.info.start_time ? [["duration", span(run.info.end_time - run.info.start_time)] as const] : [])])],
    ["Parameters", (run) => new Map((run.data?.params ?? []).map((one) => [one.key ?? "", one.value ?? ""]))],
    ["Metrics", (run) => new Map((run.data?.metrics ?? []).map((one) => [one.key ?? "", String(double(one.value))]))],
    ["Tags", (run) => new Map((run.data?.tags ?? []).filter((one) => !one.key?.startsWith("mlflow.")).map((one) => [one.key ?? "", one.value ?? ""]))],
  ];
  return sections.flatMap(([section, of]) => {
    const maps = runs.map(of);
    const keys = [...new Set(maps.flatMap((map) => [...map.keys()]))].sort();
    const made = keys.map((key) => {
      const values = maps.map((map) => map.get(key));
      return { section, key, values, isVarying: new Set(values).size > 1, isNumber: section === "Metrics" };
    });
    return made.sort((a, b) => Number(b.isVarying) - Number(a.isVarying) || foldOf(a.key).localeCompare(foldOf(b.key)) || a.key.localeCompare(b.key));
  });
}

export function ComparePage() {
  const { params, change } = useAddress();
  const ids = useMemo(() => runIdsOf(params), [params.get("runs")]);
  const [difference, setDifference] = useState<Line | null>(null);
  const { data, error, refetch } = useQuery({
    queryKey: ["runs", "compare", ids],
    enabled: ids.length > 0,
    queryFn: async ({ signal }) => {
      const filter = `run_id IN (${ids.map((id) => `'${id}'`).join(", ")})`;
      const found = (await searchRuns({ all_experiments: true, filter, run_view_type: "ALL", max_results: RUNS_MAX }, signal)).runs ?? [];
      const byId = new Map(found.map((run) => [run.info?.run_id, run]));
      return ids.map((id) => byId.get(id)).filter((run): run is Run => run !== undefined);
    },
  });
  const runs = data ?? [];
  const all = useMemo(() => linesOf(runs), [data]);
  const isAll = params.get("all") === "1";
  const text = (params.get("key") ?? "").toLowerCase();
  const lines = all.filter((line) => (isAll || line.isVarying) && line.key.toLowerCase().includes(text));
  const metrics = useMemo(() => [...new Set(runs.flatMap((run) => (run.data?.metrics ?? []).map((one) => one.key ?? "")))].sort(), [data]);
  const charted = useMemo(() => runs.map((run, index) => ({ runId: run.info?.run_id ?? "", label: run.info?.run_name ?? "", color: index })), [data]);
  const isTransposed = params.get("flip") === "1";
  const art = params.get("art");
  if (data && !runs.length) return <main className="page"><div className="empty"><h2>None of these runs is here</h2><p>They may have been removed for good, or the address is cut short.</p><a className="button" href={pages.allRuns()}>All runs</a></div></main>;
  if (!ids.length) return <main className="page"><div className="empty"><h2>Nothing to compare</h2><p>Select two or more runs in a table, then Compare.</p><a className="button" href={pages.allRuns()}>All runs</a></div></main>;
  return (
    <main className="page">
      <div className="toolbar">
        <h1>Compare {data ? runs.length : ids.length} runs</h1>
        {data && runs.length < ids.length && <span className="chip warn">{ids.length - runs.length} not found</span>}<span className="grow" />
        <input className="field" data-search aria-label="Search keys" placeholder="Search keys" value={params.get("key") ?? ""} onChange={(event) => change({ key: event.target.value })} />
        <label className="check"><input type="checkbox" checked={!isAll} onChange={() => change({ all: isAll ? undefined : "1" })} />Only differences</label>
        <label className="check"><input type="checkbox" checked={isTransposed} onChange={() => change({ flip: isTransposed ? undefined : "1" })} />Transpose</label>
      </div>
      <div className="stack" style={{ padding: 14 }}>
        {error && <Fault error={error} retry={() => void refetch()} />}
        {data && <div className="card scroll-x comparison" tabIndex={0} role="region" aria-label="Comparison">
          {lines.length === 0 ? <div className="empty">{text ? "No such key." : isAll ? "Nothing was logged." : "These runs do not differ in anything that was logged."}</div>
            : isTransposed ? <Transposed lines={lines} runs={runs} /> : <Table lines={lines} runs={runs} onDifference={setDifference} />}
        </div>}
        {data && <section className="card" aria-label="Artifacts">
          <header style={art === null ? { border: 0 } : {}}><button className="button ghost" aria-expanded={art !== null} onClick={() => change({ art: art === null ? "/" : undefined })}>{art === null ? "▸" : "▾"} <h2>Artifacts</h2></button>
            {art === null && <span className="muted">the same file of each run, side by side</span>}</header>
          {art !== null && <CompareArtifacts runs={charted} path={art.replace(/^\//, "")} onPath={(path) => change({ art: path || "/" })} />}
        </section>}
        <div className="row wrap" style={{ marginTop: 8 }}><h2 className="grow">Charts</h2><ChartSettingsBar settings={settingsOf(params)} metrics={metrics} change={change} /></div>
        <div style={{ margin: "0 -10px" }}><ChartGrid metrics={metrics} runs={charted} settings={settingsOf(params)} change={change} search={params.get("q") ?? ""} isPending={!data} /></div>
      </div>
      {difference && <Difference line={difference} runs={runs} onClose={() => setDifference(null)} />}
    </main>
  );
}

/** Ours, or the official page's `?runs=["id",…]`. */
function runIdsOf(params: URLSearchParams): string[] {
  return [...new Set((params.get("runs") ?? "").match(/[\w-]+/g) ?? [])].slice(0, RUNS_MAX);
}

function RunHead({ run, index }: { run: Run; index: number }) {
  return <a className="row" href={pages.run(run.info?.experiment_id ?? "0", run.info?.run_id ?? "")}><Swatch color={index} /><span className="clip">{run.info?.run_name}</span></a>;
}

function shownValue(line: Line, value: string | undefined) {
  if (value === undefined) return <span className="muted">–</span>;
  return line.isNumber ? <span title={value}>{number(Number(value === "NaN" ? NaN : value))}</span> : value.length > 160 ? `${value.slice(0, 160)}…` : value;
}

const [KEY_WIDTH, RUN_WIDTH] = [260, 150];

/** Lines by the part of the key that they share; what shares none with others stays in its section. */
function foldsOf(lines: readonly Line[]): Map<string, Line[]> {
  const nameOf = (line: Line) => [line.section, foldOf(line.key)].filter(Boolean).join("/");
  const sizes = groupedBy(lines, nameOf);
  const folds = groupedBy(lines, (line) => ((sizes.get(nameOf(line))?.length ?? 0) > 1 ? nameOf(line) : line.section));
  const places = [...new Set(lines.map((line) => line.section))];
  const place = ([name]: [string, unknown]) => places.indexOf(name.split("/")[0] ?? "");
  return new Map([...folds].sort((a, b) => place(a) - place(b) || Number(a[0].includes("/")) - Number(b[0].includes("/"))));
}

function Table({ lines, runs, onDifference }: { lines: readonly Line[]; runs: readonly Run[]; onDifference: (line: Line) => void }) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const folds = useMemo(() => foldsOf(lines), [lines]);
  return (
    <table className="list" aria-label="Comparison" style={{ tableLayout: "fixed", minWidth: KEY_WIDTH + RUN_WIDTH * runs.length }}>
      <thead><tr><th style={{ width: `min(${KEY_WIDTH}px, 40vw)` }}>Key</th>{runs.map((run, index) => <th key={run.info?.run_id}><RunHead run={run} index={index} /></th>)}</tr></thead>
      {[...folds].map(([name, members]) => (
        <tbody key={name}>
          <tr><th colSpan={runs.length + 1} scope="rowgroup">
            <button className="button ghost" aria-expanded={!closed.has(name)} onClick={() => setClosed(toggled(closed, name))}>{closed.has(name) ? "▸" : "▾"} {name}</button></th></tr>
          {!closed.has(name) && members.map((line) => (
            <tr key={line.key} className={line.isVarying ? "" : "same"}>
              <td><span className="row"><span className="grow" style={{ overflowWrap: "anywhere" }}><Key name={line.key} /></span>
                {line.isVarying && line.values.some((value) => (value?.length ?? 0) > 60) && <button className="button" style={{ height: 22 }} onClick={() => onDifference(line)}>Diff</button>}</span></td>
              {line.values.map((value, at) => <td key={at} className="value">{shownValue(line, value)}</td>)}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function Transposed({ lines, runs }: { lines: readonly Line[]; runs: readonly Run[] }) {
  return (
    <table className="list flipped" aria-label="Comparison"><thead><tr><th>Run</th>{lines.map((line) => <th key={line.section + line.key} className="clip" title={line.key}>{line.key}</th>)}</tr></thead>
      <tbody>{runs.map((run, index) => <tr key={run.info?.run_id}><td><RunHead run={run} index={index} /></td>{lines.map((line) => <td key={line.section + line.key} className="value clip" title={line.values[index]}>{shownValue(line, line.values[index])}</td>)}</tr>)}</tbody></table>
  );
}

function Difference({ line, runs, onClose }: { line: Line; runs: readonly Run[]; onClose: () => void }) {
  const [from, setFrom] = useState(0);
  const [to, setTo] = useState(1);
  const parts = diffWords(line.values[from] ?? "", line.values[to] ?? "");
  const choice = (label: string, value: number, set: (value: number) => void) => (
    <select className="field" aria-label={label} value={value} onChange={(event) => set(Number(event.target.value))}>{runs.map((run, index) => <option key={run.info?.run_id} value={index}>{run.info?.run_name}</option>)}</select>
  );
  return (
    <Dialog title={`${line.key}, difference`} onClose={onClose}>
      <div className="stack"><div className="row">{choice("From", from, setFrom)} → {choice("To", to, setTo)}</div>
        <pre className="code">{parts.map((part, at) => part.kind === "same" ? <span key={at}>{part.text}</span> : part.kind === "added" ? <ins key={at} className="added">{part.text}</ins> : <del key={at} className="removed">{part.text}</del>)}</pre></div>
    </Dialog>
  );
}
