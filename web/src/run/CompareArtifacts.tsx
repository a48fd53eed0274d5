// The same artifact of several runs side by side: one list of what any of them has, a column a run.

import { useQueries } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { ChartRun } from "../charts/MetricChart";
import { Swatch } from "../charts/Numbers";
import { count } from "../format";
import { Fault } from "../widgets/basics";
import { artifactsQuery, FolderHead } from "./Artifacts";
import { folderOf, nameOf, picturesOf, type ArtifactFile, type Picture } from "./files";
import { Latest, StepSlider, stepsOf } from "./Pictures";
import { Preview } from "./Preview";

const RUNS_MAX = 12;
const KEYS_SHOWN = 20;

export function CompareArtifacts({ runs, path, onPath }: { runs: readonly ChartRun[]; path: string; onPath: (path: string) => void }) {
  const shown = runs.slice(0, RUNS_MAX);
  const folder = folderOf(path);
  const lists = useQueries({ queries: shown.map((run) => artifactsQuery(run.runId, folder)) });
  const files = lists.map((one) => one.data ?? []);
  const union = useMemo(() => unionOf(files), lists.map((one) => one.data));
  const error = lists.find((one) => one.error)?.error;
  const pictures = useMemo(() => files.map((all) => picturesOf(all.map((one) => one.path))), lists.map((one) => one.data));
  const isChosen = union.some(({ file }) => file.path === path && !file.is_dir);
  return (
    <div className="artifacts">
      <div className="files">
        <FolderHead folder={folder} onPath={onPath} />
        {union.map(({ file, has }) => (
          <button key={file.path} className="file" aria-current={file.path === path} title={file.path} onClick={() => onPath(file.is_dir ? `${file.path}/` : file.path)}>
            <span className="clip">{file.is_dir ? "▸ " : ""}{nameOf(file)}</span>
            {has < shown.length && <span className="muted">{has} of {shown.length}</span>}
          </button>
        ))}
        {lists.every((one) => one.data) && union.length === 0 && <div className="empty">No artifacts here.</div>}
      </div>
      <div className="preview">
        {runs.length > RUNS_MAX && <p className="muted">The first {RUNS_MAX} of {count(runs.length)} runs.</p>}
        {error ? <Fault error={error} />
          : isChosen ? <Side runs={shown}>{(at) => {
            const file = files[at]?.find((one) => one.path === path);
            return file ? <Preview key={path} runId={shown[at]?.runId ?? ""} file={file} images={0} /> : <p className="muted">This run has none.</p>;
          }}</Side>
          : pictures.some((one) => one.size) ? <PicturesBeside runs={shown} pictures={pictures} />
          : <div className="empty">Choose a file to see it of each run.</div>}
      </div>
    </div>
  );
}

/** A column a run, under its name; what stands in one row is of one thing. */
function Side({ runs, rows = 1, children }: { runs: readonly ChartRun[]; rows?: number; children: (at: number, row: number) => React.ReactNode }) {
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Side by side">
      <div className="side" style={{ gridTemplateColumns: `repeat(${runs.length}, minmax(220px, 1fr))` }}>
        {runs.map((run) => <h3 key={run.runId} className="row"><Swatch color={run.color} /><span className="clip" title={run.label}>{run.label}</span></h3>)}
        {Array.from({ length: rows }, (_, row) => runs.map((run, at) => <section key={run.runId + row} aria-label={run.label}>{children(at, row)}</section>))}
      </div>
    </div>
  );
}

function PicturesBeside({ runs, pictures }: { runs: readonly ChartRun[]; pictures: readonly ReadonlyMap<string, readonly Picture[]>[] }) {
  const steps = useMemo(() => stepsOf(pictures.flatMap((one) => [...one.values()])), [pictures]);
  const [chosen, setChosen] = useState(Infinity);
  const at = Math.min(chosen, steps.length - 1);
  const keys = [...new Set(pictures.flatMap((one) => [...one.keys()]))];
  return (
    <div className="stack">
      <div className="row"><StepSlider steps={steps} at={at} onStep={setChosen} /></div>
      <Side runs={runs} rows={Math.min(KEYS_SHOWN, keys.length)}>{(run, row) => (
        <Latest runId={runs[run]?.runId ?? ""} name={keys[row] ?? ""} pictures={pictures[run]?.get(keys[row] ?? "") ?? []} step={steps[at] ?? 0} />
      )}</Side>
      {keys.length > KEYS_SHOWN && <p className="muted">The first {KEYS_SHOWN} of {count(keys.length)} keys.</p>}
    </div>
  );
}

/** What any of the runs has in a folder, and how many have it; folders first, as each list is. */
export function unionOf(lists: readonly (readonly ArtifactFile[])[]): { file: ArtifactFile; has: number }[] {
  const found = new Map<string, { file: ArtifactFile; has: number }>();
  for (const file of lists.flat()) {
    const known = found.get(file.path);
    if (known) known.has++;
    else found.set(file.path, { file, has: 1 });
  }
  return [...found.values()].sort((a, b) => Number(b.file.is_dir ?? false) - Number(a.file.is_dir ?? false) || a.file.path.localeCompare(b.file.path, "en", { numeric: true }));
}
