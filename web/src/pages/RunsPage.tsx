// The runs of one experiment, or of all: table and charts side by side, one selection.

import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { ApiError } from "../api/client";
import { useLive, type Change } from "../api/live";
import type { RunGroup } from "../api/generated";
import { useColumns, useExperiment, useExperiments } from "../api/queries";
import { ChartGrid, ChartSettingsBar, settingsOf, toggled } from "../charts/ChartGrid";
import { Explore } from "../charts/Explore";
import type { ChartRun } from "../charts/MetricChart";
import { count } from "../format";
import { pages, type Params } from "../paths";
import { useAddress } from "../stores/address";
import { BulkActions } from "../table/BulkActions";
import { ColumnChooser } from "../table/ColumnChooser";
import { FilterBar } from "../table/FilterBar";
import { GroupTable, useGroupsOf } from "../table/GroupTable";
import { RunsTable } from "../table/RunsTable";
import { columnOf, defaultColumns, type Column, type Row } from "../table/rows";
import { useRuns } from "../table/use-runs";
import { Fault, Popover, Segments } from "../widgets/basics";
import { ExperimentNotes } from "../widgets/notes";
import { Views } from "../widgets/Views";
import { FIRST_RUN } from "./HomePage";

const CHARTED = 10;
const CHARTED_MAX = 100;
const NAME_WIDTH = 230;
const NARROW_NAME_WIDTH = 190;

function listOf(params: URLSearchParams, name: string): string[] | null {
  const text = params.get(name);
  return text === null ? null : text.split(",").filter(Boolean).map(decodeURIComponent);
}
const textOf = (list: Iterable<string>) => [...list].map(encodeURIComponent).join(",");

export function RunsPage({ experimentId }: { experimentId: string | null }) {
  const { params, change } = useAddress();
  const client = useQueryClient();
  const experiment = useExperiment(experimentId);
  const [wantsAll, setWantsAll] = useState(false);
  const found = useColumns(experimentId, wantsAll ? 100_000 : 500);
  const all = found.data?.columns ?? [];
  const [isChoosing, setChoosing] = useState(false);
  const widths = useMemo(() => Object.fromEntries((listOf(params, "w") ?? []).map((one) => {
    const at = one.lastIndexOf("=");
    return [one.slice(0, at), Number(one.slice(at + 1)) || 110];
  })), [params.get("w")]);
  const chosen = useMemo(
    () => listOf(params, "cols") ?? defaultColumns(all, experimentId === null),
    [params.get("cols"), found.data, experimentId],
  );
  const pinned = useMemo(() => new Set(listOf(params, "pin") ?? []), [params.get("pin")]);
  const columns = useMemo(
    () => [...chosen.filter((id) => pinned.has(id)), ...chosen.filter((id) => !pinned.has(id))]
      .map((id) => columnOf(id, widths)).filter((one): one is Column => one !== null),
    [chosen.join(), widths, pinned],
  );
  const selected = useMemo(() => new Set(listOf(params, "sel") ?? []), [params.get("sel")]);
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(new Set());
  const question = {
    experimentId, filter: params.get("filter") ?? "", order: params.get("order") ?? "",
    view: params.get("stage") === "deleted" ? ("DELETED_ONLY" as const) : ("ACTIVE_ONLY" as const),
    isNested: params.get("nested") !== "0", columns,
  };
  const everywhere = useExperiments("ACTIVE_ONLY", experimentId === null).data;
  const experiments = useMemo(() => new Map((everywhere ?? []).map((one) => [one.experiment_id ?? "", one.name ?? ""])), [everywhere]);
  const runs = useRuns(question, expanded, !!found.data || params.has("cols") || found.isError);
  const layout = (params.get("layout") ?? (innerWidth < 760 ? "table" : "split")) as "table" | "split" | "charts" | "explore";
  const by = listOf(params, "group") ?? [];
  const groups = useGroupsOf(experimentId, question.filter, question.view, by, columns);
  const charted = useMemo(() => (by.length ? groupedRuns(groups.data?.groups ?? [], by) : chartedOf(runs.rows, selected)), [runs.rows, selected, groups.data, by.join()]);
  const shown = useMemo(() => new Map(charted.map((run) => [run.runId, run.color])), [charted]);
  const metrics = useMemo(() => all.filter((one) => one.kind === "metrics").map((one) => one.key ?? ""), [found.data]);
  useLiveRuns(experimentId, runs.refresh, charted);

  // All that was asked about runs, the other stage too: what is deleted here shows there.
  const again = () => { for (const key of ["runs", "groups", "columns"]) void client.invalidateQueries({ queryKey: [key] }); };
  const setWidth = (id: string, width: number) => change({ w: textOf(Object.entries({ ...widths, [id]: Math.round(width) }).map(([k, v]) => `${k}=${v}`)) });
  const setColumns = (ids: readonly string[]) => change({ cols: ids.length ? textOf(ids) : "," });
  const move = (id: string, before: string) => {
    const rest = chosen.filter((one) => one !== id);
    rest.splice(rest.indexOf(before), 0, id);
    setColumns(rest);
  };
  const select = (ids: string[], isOn: boolean) => {
    const next = new Set(selected);
    for (const id of ids) if (isOn) next.add(id); else next.delete(id);
    change({ sel: textOf(next) });
  };
  const isRefused = runs.error instanceof ApiError && runs.error.status === 400;
  const isEmpty = !runs.isPending && !runs.error && runs.rowCount === 0;
  if (experiment.error && !experiment.data)
    return (
      <main className="page"><div className="empty"><h2>This experiment cannot be shown</h2><Fault error={experiment.error} retry={() => void experiment.refetch()} />
        <a className="button" href={pages.home()}>Experiments</a></div></main>
    );
  return (
    <main className="page fixed">
      <Toolbar notes={experiment.data && <Popover label="Notes of the experiment" button="Notes"><ExperimentNotes experiment={experiment.data} /></Popover>} title={experimentId === null ? "All runs" : (experiment.data?.name ?? " ")} total={runs.total} isExact={runs.isExact} isNested={question.isNested}
        layout={layout} params={params} change={change} isLoading={runs.isFetching} />
      <div className="toolbar">
        <FilterBar filter={question.filter} error={isRefused ? runs.error : null} columns={all} onFilter={(filter) => change({ filter }, "push")} />
        <button className="button" onClick={() => { setChoosing(true); setWantsAll(true); }}>Columns <span className="muted">{columns.length}</span></button>
        <GroupPicker by={by} columns={all.map((one) => one)} onChange={(next) => change({ group: textOf(next) })} />
        <Views experimentId={experimentId} />
        <BulkActions selected={selected} rows={runs.rows} columns={columns} question={question} total={runs.total}
          onDone={() => { change({ sel: undefined }); again(); }} />
      </div>
      {isRefused && <div id="filter-error" style={{ padding: "8px 14px" }}><Fault error={runs.error} /></div>}
      <div className={`split ${layout === "charts" || layout === "explore" ? "charts-only" : ""}`} hidden={isRefused}>
        {(layout === "table" || layout === "split") && (
          <div className={`left ${runs.isPlaceholderData ? "is-old" : ""}`}>
            {runs.error && !isRefused ? <div style={{ padding: 14 }}><Fault error={runs.error} retry={() => void runs.refetch()} /></div>
              : by.length > 0 ? <GroupTable found={groups} />
              : isEmpty ? <NoRuns isFiltered={!!question.filter} view={question.view} name={experiment.data?.name ?? "first"} clear={() => change({ filter: undefined })} />
              : <RunsTable rows={runs.rows} rowCount={runs.rowCount} columns={columns} pinnedCount={columns.filter((one) => pinned.has(one.id)).length} nameWidth={widths.name ?? (innerWidth < 760 ? NARROW_NAME_WIDTH : NAME_WIDTH)}
                  order={question.order} selected={selected} expanded={expanded} shown={layout === "split" ? shown : NO_COLORS} experiments={experiments}
                  onOrder={(order) => change({ order })} onSelect={select} onExpand={(id) => setExpanded(toggled(expanded, id))}
                  onResize={setWidth} onMove={move} onReach={runs.reach} />}
          </div>
        )}
        {(layout === "split" || layout === "charts") && (
          <div className="right">
            <div className="toolbar">
              <input className="field grow" aria-label="Search charts" placeholder="Search charts" value={params.get("q") ?? ""} onChange={(event) => change({ q: event.target.value })} />
              <ChartSettingsBar settings={settingsOf(params)} metrics={metrics} change={change} />
              <span className="muted" title="Select runs in the table to choose others">{charted.length} {charted.length === 1 ? "run" : "runs"}</span>
            </div>
            <ChartGrid metrics={metrics} runs={charted} settings={settingsOf(params)} change={change} search={params.get("q") ?? ""}
              isPending={found.isPending || runs.isPending || (by.length > 0 && groups.isPending)} />
          </div>
        )}
        {layout === "explore" && <div className="right"><Explore question={question} columns={all} selected={selected} onSelect={(ids) => change({ sel: textOf(ids) })} params={params} change={change} /></div>}
      </div>
      {isChoosing && (
        <ColumnChooser found={all} runCount={found.data?.run_count ?? 0} chosen={chosen} onChange={setColumns}
          pinned={pinned} onPin={(ids) => change({ pin: textOf(ids) })}
          onClose={() => setChoosing(false)} onReset={() => change({ cols: undefined, w: undefined, pin: undefined })} />
      )}
    </main>
  );
}

/** The selected runs, else the first of the table. */
function chartedOf(rows: readonly Row[], selected: ReadonlySet<string>): ChartRun[] {
  const wanted = selected.size ? rows.filter((row) => selected.has(row.runId)).slice(0, CHARTED_MAX) : rows.slice(0, CHARTED);
  return wanted.map((row, index) => ({ runId: row.runId, label: row.name, color: index }));
}

/** The runs of each group, as the server knows them; of large groups as many as can be drawn. */
function groupedRuns(groups: readonly RunGroup[], by: readonly string[]): ChartRun[] {
  const each = Math.max(1, Math.floor(CHARTED_MAX / Math.max(1, groups.length)));
  return groups.slice(0, CHARTED_MAX).flatMap((group, color) => {
    const name = by.map((id, at) => `${id.slice(2)}=${group.absent?.[at] ? "–" : group.values?.[at]}`).join(", ");
    return (group.run_ids ?? []).slice(0, each).map((runId) => ({ runId, label: name, color, group: name }));
  });
}

function useLiveRuns(experimentId: string | null, refresh: (ids: readonly string[]) => Promise<void>, charted: readonly ChartRun[]): void {
  const client = useQueryClient();
  const onChange = useCallback((change: Change) => {
    const shown = new Set(charted.map((run) => run.runId));
    const keys = new Set((change.runs ?? []).filter((run) => shown.has(run.run_id)).flatMap((run) => run.metric_keys));
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "buckets" && (!!change.anything || keys.has(String(queryKey[1]))) });
    if (change.anything) void client.invalidateQueries({ queryKey: ["runs"] });
    else void refresh((change.runs ?? []).map((run) => run.run_id)).catch(() => undefined);
    const known = new Set((client.getQueryData<{ columns?: { key?: string }[] }>(["columns", experimentId, 500])?.columns ?? []).map((one) => one.key));
    if ((change.runs ?? []).some((run) => run.metric_keys.some((key) => !known.has(key))))
      void client.invalidateQueries({ queryKey: ["columns", experimentId] });
  }, [client, refresh, charted, experimentId]);
  useLive(useMemo(() => (experimentId === null ? [] : [experimentId]), [experimentId]), NONE, onChange);
}
const NONE: string[] = [];
const NO_COLORS: ReadonlyMap<string, number> = new Map();

function Toolbar({ title, notes, total, isExact, isNested, layout, params, change, isLoading }: {
  title: string; notes: React.ReactNode; total: number; isExact: boolean; isNested: boolean; layout: "table" | "split" | "charts" | "explore"; params: URLSearchParams; isLoading: boolean;
  change: (params: Params) => void;
}) {
  return (
    <div className="toolbar title">
      <div className="crumbs"><a className="wide-only" href={pages.home()}>Experiments</a><span className="wide-only" aria-hidden="true">/</span><h1 className="clip" title={title}>{title}</h1></div>
      <span className="muted" aria-live="polite" title={isNested ? "Children stand with their parents; switch Nested off to count them too" : undefined}>{count(total)}{isExact ? "" : "+"} {total === 1 && isExact ? "run" : "runs"}{isLoading ? " …" : ""}</span>
      <span className="grow" />
      {notes}
      <label className="check"><input type="checkbox" checked={params.get("nested") !== "0"} onChange={() => change({ nested: params.get("nested") === "0" ? undefined : "0" })} />Nested</label>
      <Segments label="Stage" value={params.get("stage") === "deleted" ? "deleted" : "active"} options={[["active", "Active"], ["deleted", "Deleted"]]}
        onChange={(stage) => change({ stage: stage === "deleted" ? stage : undefined, sel: undefined })} />
      <Segments label="Layout" value={layout} options={[["table", "Table"], ["split", "Both"], ["charts", "Charts"], ["explore", "Explore"]]} onChange={(next) => change({ layout: next })} />
    </div>
  );
}

function GroupPicker({ by, columns, onChange }: { by: readonly string[]; columns: readonly { kind?: string; key?: string }[]; onChange: (by: string[]) => void }) {
  const options = [["a:status", "status"], ["a:user_id", "user"], ...columns.filter((c) => c.kind !== "metrics").map((c) => [`${c.kind === "params" ? "p" : "t"}:${c.key}`, c.key ?? ""])];
  return (
    <Popover label="Group by" button={<>Group{by.length > 0 && <span className="muted">{by.length}</span>}</>}>
      <select className="field" aria-label="Add a field to group by" value="" onChange={(event) => event.target.value && onChange([...new Set([...by, event.target.value])])}>
        <option value="">Group by …</option>
        {options.slice(0, 1000).map(([id, label]) => <option key={id} value={id}>{label}</option>)}
      </select>
      <div className="row wrap">{by.map((id) => <span key={id} className="chip">{id.slice(2)}<button className="twist" aria-label={`Do not group by ${id.slice(2)}`} onClick={() => onChange(by.filter((one) => one !== id))}>✕</button></span>)}</div>
      <p className="muted">Mean, standard deviation, least and greatest of all runs of each group, worked out by the server.</p>
    </Popover>
  );
}

function NoRuns({ isFiltered, view, name, clear }: { isFiltered: boolean; view: string; name: string; clear: () => void }) {
  if (isFiltered) return <div className="empty"><h2>No run satisfies this filter</h2><button className="button" onClick={clear}>Clear the filter</button></div>;
  if (view === "DELETED_ONLY") return <div className="empty"><h2>No deleted runs</h2></div>;
  return <div className="empty"><h2>No runs yet</h2><p>Log the first one with any MLflow client; it shows here by itself.</p><pre>{FIRST_RUN(name)}</pre></div>;
}
