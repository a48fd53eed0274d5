// Notes in Markdown, kept where the official page keeps them: the tag mlflow.note.content.

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { stock } from "../api/client";
import type { Experiment } from "../api/generated";
import { Fault } from "./basics";
import { Markdown } from "./markdown";

export const NOTE_TAG = "mlflow.note.content";

export function Notes({ text, save }: { text: string; save: (text: string) => Promise<unknown> }) {
  const [draft, setDraft] = useState<string | null>(null);
  const client = useQueryClient();
  const saving = useMutation({
    mutationFn: () => save(draft ?? ""),
    onSuccess: async () => { await client.invalidateQueries(); setDraft(null); },
  });
  if (draft === null)
    return (
      <div className="stack">
        {text ? <Markdown text={text} /> : <p className="muted">No notes yet: what was tried, and why.</p>}
        <div><button className="button" onClick={() => setDraft(text)}>{text ? "Edit notes" : "Add notes"}</button></div>
      </div>
    );
  return (
    <div className="stack">
      <textarea className="field mono" rows={8} aria-label="Notes in Markdown" value={draft} onChange={(event) => setDraft(event.target.value)} />
      {saving.error && <Fault error={saving.error} />}
      <div className="row">
        <button className="button primary" disabled={saving.isPending} onClick={() => saving.mutate()}>Save notes</button>
        <button className="button ghost" onClick={() => setDraft(null)}>Cancel</button>
      </div>
    </div>
  );
}

export function ExperimentNotes({ experiment }: { experiment: Experiment }) {
  const text = experiment.tags?.find((tag) => tag.key === NOTE_TAG)?.value ?? "";
  return (
    <>
      <h3>Notes</h3>
      <Notes text={text} save={(value) => stock("experiments/set-experiment-tag", { experiment_id: experiment.experiment_id, key: NOTE_TAG, value })} />
    </>
  );
}
