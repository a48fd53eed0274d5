// One run: overview, charts, system metrics, artifacts. A section that fails shows its error alone.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import { double, stock } from "../api/client";
import type { DatasetInput, MetricAggregates, Run } from "../api/generated";
import { useLive, type Change } from "../api/live";
import { searchRuns, useAggregates, useExperiment, useHeartbeat, useRun } from "../api/queries";
import { ChartGrid, ChartSettingsBar, settingsOf } from "../charts/ChartGrid";
import { count, number, span } from "../format";
import { pages } from "../paths";
import { Artifacts, useArtifacts } from "../run/Artifacts";
import { Console, CONSOLE } from "../run/Console";
import { useAddress } from "../stores/address";
import { notify } from "../stores/store";
import { Copy, Fault, Key, Time } from "../widgets/basics";
import { Notes, NOTE_TAG } from "../widgets/notes";
import { NameDialog } from "./HomePage";

const TABS = [["overview", "Overview"], ["charts", "Charts"], ["system", "System"], ["artifacts", "Artifacts"], ["console", "Console"]] as const;
const QUIET_MS = 10 * 60_000;
// Clients beat every 30 s.
const STALE_MS = 75_000;

export function RunPage({ runId, tab }: { runId: string; tab: string }) {
  const { data: run, error, refetch } = useRun(runId);
  const { params, change } = useAddress();
  const client = useQueryClient();
  const aggregates = useAggregates(runId);
  const experimentId = run?.info?.experiment_id ?? null;
  const experiment = useExperiment(experimentId);
  const onChange = useCallback((changed: Change) => {
    const keys = new Set((changed.runs ?? []).flatMap((one) => one.metric_keys));
    void client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "buckets" && (!!changed.anything || keys.has(String(queryKey[1]))) });
    void client.invalidateQueries({ queryKey: ["run", runId] });
    void client.invalidateQueries({ queryKey: ["aggregates", runId] });
  }, [client, runId]);
  useLive(NONE, useMemo(() => [runId], [runId]), onChange);
  const name = run?.info?.run_name ?? runId.slice(0, 8);
  const metrics = useMemo(() => (aggregates.data ?? []).map((one) => one.key ?? ""), [aggregates.data]);
  const system = metrics.filter((key) => key.startsWith("system/"));
  const own = metrics.filter((key) => !key.startsWith("system/"));
  const charted = useMemo(() => [{ runId, label: name, color: 0 }], [runId, name]);
  const [isRenaming, setRenaming] = useState(false);
  const hasConsole = !!useArtifacts(runId, "milepost").data?.some((one) => one.path === CONSOLE);
  const isDeleted = run?.info?.lifecycle_stage === "deleted";
  const stage = async (verb: "delete" | "restore") => {
    try {
      await stock(`runs/${verb}`, { run_id: runId });
      await client.invalidateQueries({ queryKey: ["run", runId] });
      void client.invalidateQueries({ queryKey: ["runs"] });
      notify(`${verb === "delete" ? "Deleted" : "Restored"} ${name}.`, verb === "delete" ? { undo: () => void stage("restore") } : {});
    } catch (problem) {
      notify(problem instanceof Error ? problem.message : String(problem), { isError: true });
    }
  };
  if (error && !run)
    return (
      <main className="page"><div className="empty"><h2>This run cannot be shown</h2><Fault error={error} retry={() => void refetch()} />
        <a className="button" href={pages.allRuns()}>All runs</a></div></main>
    );
  return (
    <main className="page fixed">
      <div className="toolbar title">
        <div className="crumbs"><a className="wide-only" href={pages.home()}>Experiments</a><span className="wide-only" aria-hidden="true">/</span>
          {experimentId && <><a className="clip" title={experiment.data?.name} href={pages.runs(experimentId)}>{experiment.data?.name ?? experimentId}</a><span aria-hidden="true">/</span></>}
          <h1 className="clip" title={name}>{name}</h1></div>
        {run && <span className={`status ${run.info?.status}`}>{run.info?.status?.toLowerCase()}</span>}
        {run && <Quiet run={run} metrics={aggregates.data ?? []} />}
        {isDeleted && <span className="chip warn">deleted</span>}
        <span className="grow" />
        <span className="mono muted wide-only">{runId}</span><Copy text={runId} label="the run id" />
        <button className="button" onClick={() => setRenaming(true)}>Rename</button>
        <button className={`button ${isDeleted ? "" : "danger"}`} onClick={() => void stage(isDeleted ? "restore" : "delete")}>{isDeleted ? "Restore" : "Delete"}</button>
      </div>
      <nav className="tabs" aria-label="Parts of the run">
        {TABS.filter(([id]) => (id !== "system" || system.length > 0) && (id !== "console" || hasConsole)).map(([id, label]) => (
          <a key={id} href={pages.run(experimentId ?? "0", runId, { tab: id === "overview" ? undefined : id })} aria-current={tab === id ? "page" : undefined}>{label}</a>
        ))}
      </nav>
      {error && <div style={{ padding: 14 }}><Fault error={error} retry={() => void refetch()} /></div>}
      {run && tab === "overview" && <Overview run={run} aggregates={aggregates} />}
      {tab === "artifacts" && <div className="grow" style={{ overflow: "auto", padding: 14 }}><Artifacts runId={runId} path={params.get("path") ?? ""} onPath={(path) => change({ path })} /></div>}
      {run && tab === "console" && <div className="grow stack" style={{ minHeight: 0, padding: 14 }}><Console runId={runId} isRunning={run.info?.status === "RUNNING"} /></div>}
      {(tab === "charts" || tab === "system") && (
        <div className="stack grow" style={{ minHeight: 0, gap: 0 }}>
          <div className="toolbar">
            <input className="field" data-search aria-label="Search charts" placeholder="Search charts" value={params.get("q") ?? ""} onChange={(event) => change({ q: event.target.value })} />
            <ChartSettingsBar settings={settingsOf(params)} metrics={own} change={change} />
          </div>
          {aggregates.error ? <div style={{ padding: 14 }}><Fault error={aggregates.error} /></div>
            : <ChartGrid metrics={tab === "system" ? system : own} runs={charted} settings={settingsOf(params)} change={change} search={params.get("q") ?? ""} isPending={aggregates.isPending} />}
        </div>
      )}
      {isRenaming && <NameDialog title="Rename run" start={name} onClose={() => setRenaming(false)} onName={async (to) => { await stock("runs/update", { run_id: runId, run_name: to }); }} />}
    </main>
  );
}
const NONE: string[] = [];

/** A run that says it is running and is not heard of; without a heartbeat a guess, and worded as one. */
function Quiet({ run, metrics }: { run: Run; metrics: readonly MetricAggregates[] }) {
  const isRunning = run.info?.status === "RUNNING";
  const beat = useHeartbeat(run.info?.run_id ?? "", isRunning);
  if (!isRunning || !beat.data) return null;
  const { time, asked } = beat.data;
  const title = "It may have died without saying so. Data that comes is still taken.";
  if (time) return asked - time > STALE_MS ? <span className="chip warn" title={title}>stale since <Time at={time} /></span> : null;
  const last = Math.max(run.info?.start_time ?? 0, ...metrics.map((one) => one.last?.timestamp ?? 0));
  const quiet = asked - last;
  return quiet > QUIET_MS ? <span className="chip warn" title={title}>quiet for {span(quiet)}</span> : null;
}

function Overview({ run, aggregates }: { run: Run; aggregates: ReturnType<typeof useAggregates> }) {
  const info = run.info ?? {};
  const tags = new Map((run.data?.tags ?? []).map((tag) => [tag.key ?? "", tag.value ?? ""]));
  const runId = info.run_id ?? "";
  const datasets: DatasetInput[] = run.inputs?.dataset_inputs ?? [];
  const ended = info.end_time ?? (info.status === "RUNNING" ? Date.now() : undefined);
  const commit = tags.get("mlflow.source.git.commit");
  return (
    <div className="grow" style={{ overflow: "auto" }} tabIndex={0} role="region" aria-label="Overview">
      <div className="narrow columns">
        <div className="stack">
          <section className="card" aria-label="Details"><div className="body">
            <dl className="facts">
              <dt>Started</dt><dd><Time at={info.start_time} /></dd>
              <dt>Duration</dt><dd>{info.start_time && ended ? span(ended - info.start_time) : "–"}{!info.end_time && info.status === "RUNNING" ? ", running" : ""}</dd>
              <dt>User</dt><dd>{info.user_id || tags.get("mlflow.user") || "–"}</dd>
              <dt>Source</dt><dd className="mono">{tags.get("mlflow.source.name") ?? "–"}</dd>
              {commit && <><dt>Git commit</dt><dd className="row"><span className="mono clip">{commit}</span><Copy text={commit} label="the commit" /></dd></>}
              <dt>Run ID</dt><dd className="mono">{runId}</dd>
              <dt>Artifacts</dt><dd className="mono">{info.artifact_uri ?? "–"}</dd>
            </dl>
          </div></section>
          <section className="card" aria-label="Notes"><header><h2>Notes</h2></header><div className="body">
            <Notes text={tags.get(NOTE_TAG) ?? ""} save={(value) => stock("runs/set-tag", { run_id: runId, key: NOTE_TAG, value })} /></div></section>
          <ParamsCard params={run.data?.params ?? []} />
          <Family runId={runId} parent={tags.get("mlflow.parentRunId")} />
          {datasets.length > 0 && (
            <section className="card" aria-label="Datasets"><header><h2>Datasets</h2></header><table className="list"><tbody>
              {datasets.map((one) => <tr key={`${one.dataset?.name}${one.dataset?.digest}`}><td>{one.dataset?.name}</td><td className="mono muted">{one.dataset?.digest}</td>
                <td>{one.tags?.find((tag) => tag.key === "mlflow.data.context")?.value}</td></tr>)}
            </tbody></table></section>
          )}
          <TagsCard runId={runId} tags={[...tags].filter(([key]) => !key.startsWith("mlflow."))} hidden={[...tags].filter(([key]) => key.startsWith("mlflow."))} />
        </div>
        <div className="stack">
          <section className="card" aria-label="Metrics"><header><h2 className="grow">Metrics</h2><span className="muted">{count(aggregates.data?.length)}</span></header>
            {aggregates.error ? <div className="body"><Fault error={aggregates.error} retry={() => void aggregates.refetch()} /></div> : <MetricsTable metrics={aggregates.data ?? []} />}</section>
        </div>
      </div>
    </div>
  );
}

const ROWS_MAX = 200;

function Search({ label, text, onText }: { label: string; text: string; onText: (text: string) => void }) {
  return <input className="field" aria-label={label} placeholder={label} value={text} onChange={(event) => onText(event.target.value)} />;
}

function MetricsTable({ metrics }: { metrics: readonly MetricAggregates[] }) {
  const [text, setText] = useState("");
  // A machine's own metrics stand after what the run is about.
  const isSystem = (one: MetricAggregates) => Number(!!one.key?.startsWith("system/"));
  const found = metrics.filter((one) => one.key?.toLowerCase().includes(text.toLowerCase())).sort((a, b) => isSystem(a) - isSystem(b));
  if (!metrics.length) return <div className="empty">No metrics yet.</div>;
  const cell = (point: MetricAggregates["last"]) =>
    point ? <td className="num" title={`${double(point.value)} at step ${point.step}`}>{number(double(point.value))}<div className="muted">{count(point.step)}</div></td> : <td className="num muted">–</td>;
  return (
    <>
      {metrics.length > 12 && <div className="body"><Search label="Search metrics" text={text} onText={setText} /></div>}
      <div className="scroll-x"><table className="list"><thead><tr><th>Metric <span className="muted">(value, step)</span></th><th className="num">Last</th><th className="num">Min</th><th className="num">Max</th><th className="num">First</th><th className="num">n</th></tr></thead>
        <tbody>{found.slice(0, ROWS_MAX).map((one) => (
          <tr key={one.key}><td style={{ overflowWrap: "anywhere", minWidth: 180 }}><Key name={one.key ?? ""} /></td>{cell(one.last)}{cell(one.min)}{cell(one.max)}{cell(one.first)}<td className="num">{count(one.count)}</td></tr>
        ))}</tbody></table></div>
      {found.length > ROWS_MAX && <p className="muted body">{count(found.length - ROWS_MAX)} more; search to find them.</p>}
    </>
  );
}

function ParamsCard({ params }: { params: readonly { key?: string; value?: string }[] }) {
  const [text, setText] = useState("");
  const found = params.filter((one) => `${one.key} ${one.value}`.toLowerCase().includes(text.toLowerCase()));
  return (
    <section className="card" aria-label="Parameters"><header><h2 className="grow">Parameters</h2><span className="muted">{count(params.length)}</span></header>
      {params.length > 12 && <div className="body"><Search label="Search parameters" text={text} onText={setText} /></div>}
      {params.length === 0 ? <div className="empty">No parameters.</div> : (
        <table className="list"><tbody>{found.slice(0, ROWS_MAX).map((one) => <tr key={one.key}><td><Key name={one.key ?? ""} /></td><td className="value"><LongText text={one.value ?? ""} /></td>
          <td className="copies"><Copy text={one.value ?? ""} label={`the value of ${one.key}`} /></td></tr>)}</tbody></table>
      )}
    </section>
  );
}

const FOLDED = 300;
export function LongText({ text }: { text: string }) {
  const [isOpen, setOpen] = useState(false);
  if (text.length <= FOLDED) return <>{text}</>;
  return <>{isOpen ? text : `${text.slice(0, FOLDED)}…`} <button className="button ghost" onClick={() => setOpen(!isOpen)}>{isOpen ? "less" : `all ${count(text.length)} characters`}</button></>;
}

function TagsCard({ runId, tags, hidden }: { runId: string; tags: [string, string][]; hidden: [string, string][] }) {
  const client = useQueryClient();
  const [text, setText] = useState("");
  const [fault, setFault] = useState<unknown>(null);
  const send = async (verb: string, body: object) => {
    try {
      await stock(`runs/${verb}`, { run_id: runId, ...body });
      setFault(null);
      await client.invalidateQueries({ queryKey: ["run", runId] });
    } catch (error) {
      setFault(error);
    }
  };
  const [key = "", value = ""] = text.split(/=(.*)/s);
  return (
    <section className="card" aria-label="Tags"><header><h2>Tags</h2></header><div className="body stack">
      {tags.length > 0 && <div className="row wrap">{tags.map(([name, told]) => <span key={name} className="chip clip">{name}: {told.slice(0, 200)}
        <button className="twist" aria-label={`Delete tag ${name}`} onClick={() => void send("delete-tag", { key: name })}>✕</button></span>)}</div>}
      <form className="row" onSubmit={(event) => { event.preventDefault(); void send("set-tag", { key: key.trim(), value: value.trim() }).then(() => setText("")); }}>
        <input className="field grow" placeholder="key = value" aria-label="New tag" value={text} onChange={(event) => setText(event.target.value)} />
        <button className="button" disabled={!key.trim() || !text.includes("=")}>Add tag</button>
      </form>
      {fault !== null && <Fault error={fault} />}
      <details><summary className="muted">{hidden.length} tags that clients set</summary>
        <table className="list"><tbody>{hidden.map(([name, told]) => <tr key={name}><td className="mono">{name}</td><td className="value"><LongText text={told} /></td></tr>)}</tbody></table></details>
    </div></section>
  );
}

function Family({ runId, parent }: { runId: string; parent: string | undefined }) {
  const children = useQuery({
    queryKey: ["runs", "family", runId],
    queryFn: ({ signal }) => searchRuns({ all_experiments: true, filter: `parent_run_id = '${runId}'`, fields: ["run_name", "experiment_id", "status"], max_results: 100, total_count: true }, signal),
  });
  const up = useRun(parent ?? runId);
  const found = children.data?.runs ?? [];
  if (!parent && found.length === 0 && !children.error) return null;
  return (
    <section className="card" aria-label="Parent and children"><header><h2>Parent and children</h2></header><div className="body stack">
      {children.error && <Fault error={children.error} />}
      {parent && <div>Parent: <a href={pages.run(up.data?.info?.experiment_id ?? "0", parent)}>{up.data?.info?.run_name ?? parent}</a></div>}
      {found.map(({ info }) => <a key={info?.run_id} className={`status ${info?.status}`} href={pages.run(info?.experiment_id ?? "0", info?.run_id ?? "")}>{info?.run_name}</a>)}
      {(children.data?.total_count ?? 0) > found.length && <span className="muted">{count((children.data?.total_count ?? 0) - found.length)} more</span>}
    </div></section>
  );
}
