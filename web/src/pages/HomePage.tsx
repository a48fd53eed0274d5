// Experiments: found, made, renamed, deleted and brought back; folders from slashes in names.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { stock } from "../api/client";
import type { CreateExperimentResponse, Experiment, ExperimentSummary } from "../api/generated";
import { useExperiments, useSummaries } from "../api/queries";
import { toggled } from "../charts/ChartGrid";
import { count } from "../format";
import { pages } from "../paths";
import { useAddress, go } from "../stores/address";
import { notify } from "../stores/store";
import { Dialog, Fault, Segments, Time } from "../widgets/basics";
import { ExperimentNotes } from "../widgets/notes";

const ROWS_MAX = 500;

export const FIRST_RUN = (name: string) => `import mlflow

mlflow.set_tracking_uri("${location.origin}${location.pathname.replace(/\/$/, "")}")
mlflow.set_experiment("${name.replaceAll('"', '\\"')}")
with mlflow.start_run():
    mlflow.log_metric("loss", 0.5, step=1)`;

export function HomePage() {
  const { params, change } = useAddress();
  const view = params.get("stage") === "deleted" ? "DELETED_ONLY" : "ACTIVE_ONLY";
  const { data, error, refetch, isPending } = useExperiments(view);
  const text = params.get("q") ?? "";
  const found = useMemo(() => {
    const wanted = text.toLowerCase();
    const has = (one: Experiment) =>
      one.name?.toLowerCase().includes(wanted) || one.tags?.some((tag) => `${tag.key}=${tag.value}`.toLowerCase().includes(wanted));
    return (data ?? []).filter(has);
  }, [data, text]);
  const summaries = useSummaries(useMemo(() => found.slice(0, ROWS_MAX).map((one) => one.experiment_id ?? ""), [found]));
  const [isNew, setNew] = useState(false);
  // By id: what is shown of it is what the server last said.
  const [editedId, setEdited] = useState<string | null>(null);
  const edited = data?.find((one) => one.experiment_id === editedId);
  return (
    <main className="page">
      <div className="narrow stack">
        <div className="row wrap">
          <h1>Experiments</h1>
          {data && <span className="muted">{count(found.length)}</span>}
          <span className="grow" />
          <input className="field" data-search placeholder="Search names and tags" aria-label="Search experiments" value={text}
            onChange={(event) => change({ q: event.target.value })} />
          <Segments label="Stage" value={view} options={[["ACTIVE_ONLY", "Active"], ["DELETED_ONLY", "Deleted"]]}
            onChange={(stage) => change({ stage: stage === "DELETED_ONLY" ? "deleted" : undefined })} />
          <button className="button primary" onClick={() => setNew(true)}>New experiment</button>
        </div>
        {error && <Fault error={error} retry={() => void refetch()} />}
        {!isPending && !error && found.length === 0 && <Empty isSearch={!!text} view={view} />}
        {found.length > 0 && <Tree experiments={found.slice(0, ROWS_MAX)} summaries={summaries.data} view={view} onEdit={(one) => setEdited(one.experiment_id ?? null)} isFlat={!!text} />}
        {found.length > ROWS_MAX && <p className="muted">{count(found.length - ROWS_MAX)} more; search to find them.</p>}
        {view === "ACTIVE_ONLY" && !text && data && data.length <= 1 && !(summaries.data?.get("0")?.run_count) && (
          <section className="card"><div className="empty"><h2>Log a first run</h2><p>Any MLflow client works. In Python:</p><pre>{FIRST_RUN("first")}</pre></div></section>
        )}
      </div>
      {isNew && <NameDialog title="New experiment" onClose={() => setNew(false)} onName={async (name) => {
        const made = await stock<CreateExperimentResponse>("experiments/create", { name });
        go(pages.runs(made.experiment_id ?? "0"));
      }} />}
      {edited && <EditDialog experiment={edited} onClose={() => setEdited(null)} />}
    </main>
  );
}

function Empty({ isSearch, view }: { isSearch: boolean; view: string }) {
  if (isSearch) return <div className="empty card"><h2>No experiment has this in its name or tags</h2></div>;
  return <div className="empty card"><h2>{view === "DELETED_ONLY" ? "Nothing is deleted" : "No experiments"}</h2></div>;
}

interface Folder { path: string; label: string; depth: number; experiment?: Experiment; inside?: number }

/** Names with slashes as folders, each folder once, in the order of names. */
export function foldersOf(experiments: readonly Experiment[], closed: ReadonlySet<string>): Folder[] {
  const sorted = [...experiments].sort((a, b) => (a.name ?? "").localeCompare(b.name ?? ""));
  const sizes = new Map<string, number>();
  for (const { name = "" } of sorted)
    name.split("/").slice(0, -1).forEach((_, i, parts) => {
      const path = parts.slice(0, i + 1).join("/");
      sizes.set(path, (sizes.get(path) ?? 0) + 1);
    });
  const seen = new Set<string>();
  const out: Folder[] = [];
  for (const experiment of sorted) {
    const parts = (experiment.name ?? "").split("/").filter(Boolean);
    let isHidden = false;
    for (let depth = 0; depth < parts.length - 1; depth++) {
      const path = parts.slice(0, depth + 1).join("/");
      if (!isHidden && !seen.has(path)) out.push({ path, label: parts[depth] ?? "", depth, inside: sizes.get(path) ?? 0 });
      seen.add(path);
      isHidden ||= closed.has(path);
    }
    if (!isHidden) out.push({ path: experiment.name ?? "", label: parts.at(-1) ?? experiment.name ?? "", depth: Math.max(0, parts.length - 1), experiment });
  }
  return out;
}

function Tree({ experiments, summaries, view, onEdit, isFlat }: {
  experiments: readonly Experiment[]; summaries: ReadonlyMap<string, ExperimentSummary> | undefined; view: string; isFlat: boolean;
  onEdit: (experiment: Experiment) => void;
}) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows: Folder[] = isFlat
    ? experiments.map((experiment) => ({ path: experiment.name ?? "", label: experiment.name ?? "", depth: 0, experiment }))
    : foldersOf(experiments, closed);
  const hasFolders = rows.some((row) => !row.experiment);
  const stage = useStage();
  return (
    <div className="card scroll-x">
      <table className="list">
        <thead><tr><th>Name</th><th className="num">Runs</th><th className="num wide-only">Running</th><th className="wide-only">Last run</th><th className="wide-only">Tags</th><th><span className="hidden-text">Actions</span></th></tr></thead>
        <tbody>
          {rows.map((row) => {
            const indent = { paddingLeft: 12 + row.depth * 18 };
            const { experiment } = row;
            if (!experiment)
              return (
                <tr key={`/${row.path}`}><td colSpan={6} style={indent}>
                  <button className="button ghost" style={{ marginLeft: -8, padding: "0 8px" }} aria-expanded={!closed.has(row.path)} onClick={() => setClosed(toggled(closed, row.path))}>
                    {closed.has(row.path) ? "▸" : "▾"} {row.label}/ <span className="muted">{row.inside}</span>
                  </button></td></tr>
              );
            const id = experiment.experiment_id ?? "";
            const summary = summaries?.get(id);
            const tags = (experiment.tags ?? []).filter((tag) => !tag.key?.startsWith("mlflow."));
            return (
              <tr key={id}>
                <td style={{ ...indent, paddingLeft: indent.paddingLeft + (hasFolders ? 15 : 0) }}><a href={pages.runs(id)}>{row.label}</a></td>
                <td className="num">{summary ? count(summary.run_count) : ""}</td>
                <td className="num wide-only">{summary?.running_count || ""}</td>
                <td className="wide-only" style={{ whiteSpace: "nowrap" }}>{summary && <Time at={summary.newest_run_time} />}</td>
                <td className="wide-only"><span className="row wrap">{tags.slice(0, 4).map((tag) => <span key={tag.key} className="chip clip">{tag.key}: {tag.value}</span>)}</span></td>
                <td className="num" style={{ whiteSpace: "nowrap" }}>
                  {view === "ACTIVE_ONLY" ? <>
                    <button className="button ghost" onClick={() => onEdit(experiment)}>Edit</button>
                    <button className="button ghost danger" aria-label={`Delete ${experiment.name}`} onClick={() => stage.mutate({ id, name: experiment.name ?? "", isDelete: true })}>Delete</button>
                  </> : <button className="button" onClick={() => stage.mutate({ id, name: experiment.name ?? "", isDelete: false })}>Restore</button>}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function useStage() {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ id, isDelete }: { id: string; name: string; isDelete: boolean }) =>
      stock(`experiments/${isDelete ? "delete" : "restore"}`, { experiment_id: id }),
    onSuccess: (_, { id, name, isDelete }) => {
      void client.invalidateQueries({ queryKey: ["experiments"] });
      notify(`${isDelete ? "Deleted" : "Restored"} ${name}.`, isDelete ? { undo: () => mutation.mutate({ id, name, isDelete: false }) } : {});
    },
    onError: (error) => notify(error.message, { isError: true }),
  });
  return mutation;
}

export function NameDialog({ title, start = "", onClose, onName }: {
  title: string; start?: string; onClose: () => void; onName: (name: string) => Promise<void>;
}) {
  const [name, setName] = useState(start);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: () => onName(name.trim()),
    onSuccess: () => { void client.invalidateQueries(); onClose(); },
  });
  return (
    <Dialog title={title} onClose={onClose} footer={<button className="button primary" disabled={!name.trim() || save.isPending} onClick={() => save.mutate()}>Save</button>}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); if (name.trim()) save.mutate(); }}>
        <label className="stack">Name<input className="field" value={name} maxLength={500} onChange={(event) => setName(event.target.value)} /></label>
        {save.error && <Fault error={save.error} />}
      </form>
    </Dialog>
  );
}

function EditDialog({ experiment, onClose }: { experiment: Experiment; onClose: () => void }) {
  const id = experiment.experiment_id ?? "";
  const client = useQueryClient();
  const [name, setName] = useState(experiment.name ?? "");
  const [tag, setTag] = useState("");
  const [error, setError] = useState<unknown>(null);
  const tags = (experiment.tags ?? []).filter((one) => !one.key?.startsWith("mlflow."));
  const send = async (verb: string, body: object) => {
    try {
      await stock(`experiments/${verb}`, { experiment_id: id, ...body });
      setError(null);
      await client.invalidateQueries({ queryKey: ["experiments"] });
      await client.invalidateQueries({ queryKey: ["experiment", id] });
      return true;
    } catch (problem) {
      setError(problem);
      return false;
    }
  };
  const addTag = async () => {
    const [key = "", value = ""] = tag.split(/=(.*)/s);
    if (await send("set-experiment-tag", { key: key.trim(), value: value.trim() })) { setTag(""); onClose(); }
  };
  return (
    <Dialog title={`Edit ${experiment.name}`} onClose={onClose} footer={
      <button className="button primary" disabled={!name.trim()} onClick={() => void (name.trim() === experiment.name ? onClose() : send("update", { new_name: name.trim() }).then((ok) => ok && onClose()))}>Save</button>}>
      <div className="stack">
        <label className="stack">Name (slashes make folders)<input className="field" value={name} onChange={(event) => setName(event.target.value)} /></label>
        <h3>Tags</h3>
        <div className="row wrap">{tags.map((one) => (
          <span key={one.key} className="chip">{one.key}: {one.value}
            <button className="twist" aria-label={`Delete tag ${one.key}`} onClick={() => void send("delete-experiment-tag", { key: one.key }).then((ok) => ok && onClose())}>✕</button></span>
        ))}</div>
        <form className="row" onSubmit={(event) => { event.preventDefault(); void addTag(); }}>
          <input className="field grow" placeholder="key = value" aria-label="New tag" value={tag} onChange={(event) => setTag(event.target.value)} />
          <button className="button" disabled={!tag.includes("=")}>Add tag</button>
        </form>
        <ExperimentNotes experiment={experiment} />
        {error !== null && <Fault error={error} />}
      </div>
    </Dialog>
  );
}
