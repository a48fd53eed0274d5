// What can be done with the selected runs, and the export of all.

import { useState } from "react";
import { stock } from "../api/client";
import { searchRuns } from "../api/queries";
import { count } from "../format";
import { pages } from "../paths";
import { go } from "../stores/address";
import { notify } from "../stores/store";
import { Dialog, Fault } from "../widgets/basics";
import { csvOf, rowOf, type Column, type Row } from "./rows";
import { bodyOf, type RunsQuestion } from "./use-runs";

const AT_ONCE = 8;
const COMPARED_MAX = 200;

/** Ask for each run, a few at a time; says how many failed, and why the first did. */
export async function forEachRun(runIds: readonly string[], one: (runId: string) => Promise<unknown>): Promise<string | null> {
  const waiting = [...runIds];
  const faults: string[] = [];
  const work = async () => {
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
      await one(id).catch((error: unknown) => faults.push(error instanceof Error ? error.message : String(error)));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return faults.length ? `${faults.length} of ${runIds.length} failed: ${faults[0]}` : null;
}

export function BulkActions({ selected, rows, columns, question, total, onDone }: {
  selected: ReadonlySet<string>; rows: readonly Row[]; columns: readonly Column[]; question: RunsQuestion; total: number; onDone: () => void;
}) {
  const [isTagging, setTagging] = useState(false);
  const [progress, setProgress] = useState<number | null>(null);
  const ids = [...selected];
  const isDeleted = question.view === "DELETED_ONLY";
  const stage = async (verb: "delete" | "restore", which: string[], canUndo: boolean) => {
    const fault = await forEachRun(which, (run_id) => stock(`runs/${verb}`, { run_id }));
    onDone();
    if (fault) notify(fault, { isError: true });
    else notify(`${verb === "delete" ? "Deleted" : "Restored"} ${which.length} ${which.length === 1 ? "run" : "runs"}.`,
      canUndo ? { undo: () => void stage(verb === "delete" ? "restore" : "delete", which, false) } : {});
  };
  const exportAll = async () => {
    const all: Row[] = [];
    let token: string | undefined;
    setProgress(0);
    try {
      do {
        const page = await searchRuns({ ...bodyOf(question), max_results: 1000, page_token: token });
        all.push(...(page.runs ?? []).map((run) => rowOf(run, columns)));
        token = page.next_page_token;
        setProgress(all.length);
      } while (token);
      const picked = selected.size ? all.filter((row) => selected.has(row.runId)) : all;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([csvOf(picked, columns)], { type: "text/csv" }));
      link.download = "runs.csv";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), { isError: true });
    } finally {
      setProgress(null);
    }
  };
  return (
    <>
      {ids.length > 0 && <>
        <span className="chip">{ids.length} selected</span>
        <button className="button" data-compare disabled={ids.length < 2 || ids.length > COMPARED_MAX} onClick={() => go(pages.compare(ids))}>Compare</button>
        <button className="button" onClick={() => setTagging(true)}>Tag</button>
        {isDeleted ? <button className="button" onClick={() => void stage("restore", ids, true)}>Restore</button>
          : <button className="button danger" onClick={() => void stage("delete", ids, true)}>Delete</button>}
      </>}
      <button className="button" disabled={progress !== null || rows.length === 0} onClick={() => void exportAll()}>
        {progress === null ? "CSV" : `${count(progress)} of ${count(total)}`}
      </button>
      {isTagging && <TagDialog ids={ids} onClose={() => setTagging(false)} onDone={onDone} />}
    </>
  );
}

function TagDialog({ ids, onClose, onDone }: { ids: string[]; onClose: () => void; onDone: () => void }) {
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const [fault, setFault] = useState<string | null>(null);
  const save = async () => {
    const problem = await forEachRun(ids, (run_id) => stock("runs/set-tag", { run_id, key, value }));
    setFault(problem);
    if (problem === null) {
      notify(`Tagged ${ids.length} runs.`);
      onClose();
      onDone();
    }
  };
  return (
    <Dialog title={`Tag ${ids.length} runs`} onClose={onClose} footer={<button className="button primary" disabled={!key} onClick={() => void save()}>Set tag</button>}>
      <form className="stack" onSubmit={(event) => { event.preventDefault(); if (key) void save(); }}>
        <label className="stack">Key<input className="field" value={key} onChange={(event) => setKey(event.target.value)} /></label>
        <label className="stack">Value<input className="field" value={value} onChange={(event) => setValue(event.target.value)} /></label>
        {fault && <Fault error={fault} />}
        <button className="hidden-text" tabIndex={-1}>Set</button>
      </form>
    </Dialog>
  );
}
