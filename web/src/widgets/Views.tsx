// Saved views, and a short link to what is on the screen.

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { own } from "../api/client";
import type { CreateViewResponse } from "../api/generated";
import { useViews } from "../api/queries";
import { pages } from "../paths";
import { go } from "../stores/address";
import { notify } from "../stores/store";
import { Popover, copy } from "./basics";

export function Views({ experimentId }: { experimentId: string | null }) {
  const views = useViews(experimentId);
  const client = useQueryClient();
  const [name, setName] = useState("");
  const scope = experimentId ? { experiment_id: experimentId } : {};
  const again = () => client.invalidateQueries({ queryKey: ["views"] });
  const guarded = async (act: () => Promise<unknown>) => {
    try {
      await act();
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), { isError: true });
    }
  };
  const share = () => guarded(async () => {
    const { view } = await own<CreateViewResponse>("views/create", { ...scope, state: location.hash });
    await copy(`${location.origin}${location.pathname}${pages.link(view?.view_id ?? "")}`, "the link to this view");
  });
  const save = () => guarded(async () => {
    await own("views/create", { ...scope, name: name.trim(), state: location.hash });
    notify(`Saved “${name.trim()}”.`);
    setName("");
    await again();
  });
  return (
    <>
      <Popover label="Saved views" button={<>Views{(views.data?.length ?? 0) > 0 && <span className="muted">{views.data?.length}</span>}</>}>
        {(views.data ?? []).map((view) => (
          <div key={view.view_id} className="row">
            <a className="grow clip" href={view.state?.startsWith("#/") ? view.state : pages.home()}
              onClick={(event) => { event.preventDefault(); if (view.state?.startsWith("#/")) go(view.state); }}>{view.name}</a>
            <button className="button ghost" onClick={() => void guarded(async () => { await own("views/update", { view_id: view.view_id, state: location.hash }); notify(`Updated “${view.name}”.`); await again(); })}>Update</button>
            <button className="button ghost danger" aria-label={`Delete view ${view.name}`} onClick={() => void guarded(async () => { await own("views/delete", { view_id: view.view_id }); await again(); })}>✕</button>
          </div>
        ))}
        {views.data?.length === 0 && <p className="muted">None saved yet. A view keeps the filter, columns, selection and chart settings.</p>}
        <form className="row" onSubmit={(event) => { event.preventDefault(); if (name.trim()) void save(); }}>
          <input className="field grow" aria-label="Name of the view" placeholder="Name of this view" maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
          <button className="button primary" disabled={!name.trim()}>Save</button>
        </form>
      </Popover>
      <button className="button" onClick={() => void share()}>Share</button>
    </>
  );
}
