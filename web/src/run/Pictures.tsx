// Images by key and step: one row a key, one step for all of them, by slider or arrow keys.

import { useMemo, useState } from "react";
import { count } from "../format";
import { api } from "../paths";
import { Time } from "../widgets/basics";
import type { Picture } from "./files";

const KEYS_SHOWN = 50;

export function stepsOf(pictures: Iterable<readonly Picture[]>): number[] {
  return [...new Set([...pictures].flat().map((one) => one.step))].sort((a, b) => a - b);
}

export function StepSlider({ steps, at, onStep }: { steps: readonly number[]; at: number; onStep: (at: number) => void }) {
  const step = steps[at] ?? 0;
  return (
    <>
      <button className="button" aria-label="Step before" disabled={at === 0} onClick={() => onStep(at - 1)}>←</button>
      <input className="grow" type="range" aria-label="Step" aria-valuetext={`step ${step}`} min={0} max={steps.length - 1} value={at} onChange={(event) => onStep(Number(event.target.value))} />
      <button className="button" aria-label="Next step" disabled={at === steps.length - 1} onClick={() => onStep(at + 1)}>→</button>
      <span className="muted num" aria-live="polite">step {count(step)}</span>
    </>
  );
}

export function Pictures({ runId, pictures }: { runId: string; pictures: ReadonlyMap<string, readonly Picture[]> }) {
  const steps = useMemo(() => stepsOf(pictures.values()), [pictures]);
  const [search, setSearch] = useState("");
  const [chosen, setChosen] = useState(steps.length - 1);
  const at = Math.min(chosen, steps.length - 1);
  const keys = [...pictures].filter(([key]) => key.toLowerCase().includes(search.toLowerCase()));
  return (
    <div className="stack" onKeyDown={(event) => {
      if (event.target instanceof HTMLInputElement && event.target.type !== "range") return;
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (by === undefined) return;
      event.preventDefault();
      setChosen(Math.max(0, Math.min(steps.length - 1, at + by)));
    }}>
      <div className="row wrap">
        {pictures.size > 3 && <input className="field" aria-label="Search images" placeholder="Search images" value={search} onChange={(event) => setSearch(event.target.value)} />}
        <StepSlider steps={steps} at={at} onStep={setChosen} />
      </div>
      <div className="charts" style={{ gridTemplateColumns: "repeat(auto-fill, minmax(220px, 1fr))", padding: 0 }}>
        {keys.slice(0, KEYS_SHOWN).map(([key, all]) => <Latest key={key} runId={runId} name={key} pictures={all} step={steps[at] ?? 0} />)}
      </div>
      {keys.length > KEYS_SHOWN && <p className="muted">{count(keys.length - KEYS_SHOWN)} more; search to find them.</p>}
    </div>
  );
}

/** The key's image at a step, or the one before it, said so. */
export function Latest({ runId, name, pictures, step }: { runId: string; name: string; pictures: readonly Picture[]; step: number }) {
  const picture = pictures.filter((one) => one.step <= step).at(-1);
  return (
    <figure className="stack card" style={{ gap: 4, padding: 8 }}>
      <figcaption className="row"><span className="clip grow" title={name}>{name}</span>
        {picture && <span className={picture.step === step ? "muted" : "chip warn"}>step {count(picture.step)}</span>}</figcaption>
      {picture ? <a href={api.artifact(runId, picture.path)} target="_blank" rel="noreferrer"><img loading="lazy" src={api.artifact(runId, picture.small ?? picture.path)} alt={`${name}, step ${picture.step}`} style={{ width: "100%" }} /></a>
        : <p className="muted">Nothing up to this step.</p>}
      {picture && <span className="muted"><Time at={picture.timestamp} /></span>}
    </figure>
  );
}
