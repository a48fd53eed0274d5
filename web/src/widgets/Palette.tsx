// Find anything: experiments, runs by name or id, metrics of where one is.

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { searchRuns, useColumns, useExperiments } from "../api/queries";
import { pages } from "../paths";
import { go, useAddress } from "../stores/address";
import { Dialog } from "./basics";

interface Hit { id: string; kind: string; text: string; to: string }
const EACH_MAX = 8;

export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState(0);
  const { place } = useAddress();
  const here = place.page === "runs" || place.page === "run" ? place.experimentId : null;
  const experiments = useExperiments();
  const columns = useColumns(here);
  const wanted = text.trim().toLowerCase();
  const runs = useQuery({
    queryKey: ["palette", wanted],
    enabled: wanted.length > 1,
    queryFn: ({ signal }) => {
      const word = wanted.replaceAll("'", "''").replaceAll("%", "");
      const filter = `run_name ILIKE '%${word}%' OR run_id = '${word}'`;
      return searchRuns({ all_experiments: true, filter, fields: ["run_name", "experiment_id"], max_results: EACH_MAX }, signal);
    },
  });
  const has = (name: string | undefined) => (name ?? "").toLowerCase().includes(wanted);
  const hits: Hit[] = [
    ...(experiments.data ?? []).filter((one) => has(one.name)).slice(0, EACH_MAX).map((one) => ({
      id: `e${one.experiment_id}`, kind: "experiment", text: one.name ?? "", to: pages.runs(one.experiment_id ?? ""),
    })),
    ...(wanted.length > 1 ? (runs.data?.runs ?? []) : []).map(({ info }) => ({
      id: `r${info?.run_id}`, kind: "run", text: info?.run_name ?? "", to: pages.run(info?.experiment_id ?? "", info?.run_id ?? ""),
    })),
    ...(columns.data?.columns ?? []).filter((one) => wanted && one.kind === "metrics" && has(one.key)).slice(0, EACH_MAX).map((one) => {
      const params = { q: one.key, layout: "charts" };
      return { id: `m${one.key}`, kind: "metric", text: one.key ?? "", to: here ? pages.runs(here, params) : pages.allRuns(params) };
    }),
  ];
  const take = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    go(hit.to);
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown") setChosen(Math.min(hits.length - 1, chosen + 1));
    else if (event.key === "ArrowUp") setChosen(Math.max(0, chosen - 1));
    else if (event.key === "Enter") take(hits[chosen]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title="Find" onClose={onClose}>
      <input className="field" style={{ width: "100%" }} placeholder="Experiments, runs, metrics" aria-label="Find experiments, runs and metrics"
        role="combobox" aria-expanded="true" aria-controls="palette-hits" aria-activedescendant={hits[chosen] ? `hit-${chosen}` : undefined}
        value={text} onChange={(event) => { setText(event.target.value); setChosen(0); }} onKeyDown={keys} />
      <ul className="palette-list" id="palette-hits" role="listbox" aria-label="Found">
        {hits.map((hit, index) => (
          <li key={hit.id} id={`hit-${index}`} role="option" aria-selected={index === chosen} onClick={() => take(hit)}>
            <span className="clip">{hit.text}</span><span className="muted">{hit.kind}</span>
          </li>
        ))}
      </ul>
      {hits.length === 0 && <p className="muted">{wanted ? "Nothing has this name." : "Type a name."}</p>}
    </Dialog>
  );
}
