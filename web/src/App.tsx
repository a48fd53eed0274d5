// The frame of every page: top bar, the page of the address, dialogs, notices, keys.

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { read } from "./api/client";
import type { GetViewResponse } from "./api/generated";
import { ComparePage } from "./pages/ComparePage";
import { HomePage } from "./pages/HomePage";
import { RunPage } from "./pages/RunPage";
import { RunsPage } from "./pages/RunsPage";
import { api, pages } from "./paths";
import { go, useAddress } from "./stores/address";
import { dialog, dismiss, live, notices, theme, useStore, type Theme } from "./stores/store";
import { Dialog, Fault } from "./widgets/basics";
import { Palette } from "./widgets/Palette";

export function App() {
  const { place } = useAddress();
  useGlobalKeys();
  const open = useStore(dialog);
  return (
    <div className="shell">
      <TopBar />
      {place.page === "home" && <HomePage />}
      {place.page === "runs" && <RunsPage key={place.experimentId ?? "all"} experimentId={place.experimentId} />}
      {place.page === "run" && <RunPage key={place.runId} runId={place.runId} tab={place.tab} />}
      {place.page === "compare" && <ComparePage />}
      {place.page === "link" && <LinkPage viewId={place.viewId} />}
      {place.page === "unknown" && (
        <main className="page"><div className="empty"><h2>There is no page here</h2><a className="button" href={pages.home()}>To the experiments</a></div></main>
      )}
      {open === "palette" && <Palette onClose={() => dialog.set(null)} />}
      {open === "keys" && <Keys onClose={() => dialog.set(null)} />}
      <Notices />
    </div>
  );
}

const THEMES: Record<Theme, [Theme, string, string]> = {
  system: ["light", "◐", "Theme: as the system"],
  light: ["dark", "☀", "Theme: light"],
  dark: ["system", "☾", "Theme: dark"],
};

function TopBar() {
  const { place } = useAddress();
  const chosen = useStore(theme);
  const [next, sign, label] = THEMES[chosen];
  const state = useStore(live);
  return (
    <header className="topbar">
      <a className="brand" href={pages.home()} aria-label="Milepost, home"><img src="./icon.svg" width={20} height={20} alt="" /><span>Milepost</span></a>
      <nav className="row" aria-label="Main"><a href={pages.home()} aria-current={place.page === "home" ? "page" : undefined}>Experiments</a>
        <a href={pages.allRuns()} aria-current={place.page === "runs" && place.experimentId === null ? "page" : undefined}>All runs</a></nav>
      <span className="grow" />
      {(state.state !== "idle" || state.isPaused) && (
        <button className="button ghost" aria-pressed={state.isPaused} onClick={() => live.set({ ...state, isPaused: !state.isPaused })}
          title={state.isPaused ? "Live updates are paused" : state.state === "up" ? "New points show as they are logged" : "The stream is down; the page asks every few seconds"}>
          {state.isPaused ? "▶ Resume" : state.state === "up" ? "● Live" : "○ Polling"}
        </button>
      )}
      <button className="button" onClick={() => dialog.set("palette")} aria-label="Search everything"><svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true"><circle cx="7" cy="7" r="4.5" /><path d="m10.5 10.5 3.5 3.500" /></svg>
        <span className="wide-only">Search <kbd>⌘K</kbd></span></button>
      <button className="button ghost icon-button" aria-label="Keyboard help" title="Keyboard help" onClick={() => dialog.set("keys")}>?</button>
      <button className="button ghost icon-button" aria-label={label} title={label} onClick={() => theme.set(next)}>{sign}</button>
    </header>
  );
}

/** A short link: the state it stands for, opened in its place. */
function LinkPage({ viewId }: { viewId: string }) {
  const { data, error } = useQuery({
    queryKey: ["view", viewId],
    queryFn: ({ signal }) => read<GetViewResponse>(api.own("views/get"), { view_id: viewId }, signal),
  });
  const state = data?.view?.state;
  useEffect(() => {
    if (state?.startsWith("#/") && !state.startsWith("#/v/")) go(state, "replace");
  }, [state]);
  return <main className="page">{error && <div className="empty"><h2>This link leads nowhere</h2><Fault error={error} /><a className="button" href={pages.home()}>To the experiments</a></div>}</main>;
}

const KEYS: [string, string][] = [
  ["?", "this list"], ["/", "search or filter on this page"], ["⌘K  Ctrl K", "find experiments, runs, metrics"],
  ["g h", "experiments"], ["g a", "all runs"], ["j k  ↑ ↓", "move through the runs"], ["x  Space", "select a run"],
  ["Shift x", "select up to here"], ["→ ←", "open and close children"], ["Enter", "open the run"], ["c", "compare the selected runs"],
  ["← →  Enter", "in the table's head: to another column, sort by it"], ["Shift ← →", "there: its width"],
  ["t", "light, dark, system"], ["Esc", "close, leave"],
];

function Keys({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keyboard" onClose={onClose}>
      <dl className="facts">{KEYS.map(([key, what]) => [<dt key={key}><kbd>{key}</kbd></dt>, <dd key={what}>{what}</dd>])}</dl>
    </Dialog>
  );
}

function Notices() {
  return (
    <div className="notices" role="status" aria-live="polite">
      {useStore(notices).map((notice) => (
        <div key={notice.id} className="notice">
          {notice.text}
          {notice.undo && <button onClick={() => { notice.undo?.(); dismiss(notice.id); }}>Undo</button>}
          <button aria-label="Dismiss" onClick={() => dismiss(notice.id)}>✕</button>
        </div>
      ))}
    </div>
  );
}

function useGlobalKeys(): void {
  useEffect(() => {
    let before = "";
    const press = (event: KeyboardEvent) => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        dialog.set("palette");
        return;
      }
      const target = event.target as HTMLElement;
      if (/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && (target as HTMLInputElement).type !== "checkbox") return;
      if (event.metaKey || event.ctrlKey || event.altKey || dialog.get()) return;
      const sequence = before + event.key;
      before = event.key === "g" ? "g" : "";
      if (event.key === "?") dialog.set("keys");
      else if (event.key === "/") document.querySelector<HTMLInputElement>("[data-search]")?.focus();
      else if (event.key === "t") theme.set(THEMES[theme.get()][0]);
      else if (event.key === "c") document.querySelector<HTMLButtonElement>("[data-compare]")?.click();
      else if (sequence === "gh") go(pages.home());
      else if (sequence === "ga") go(pages.allRuns());
      else return;
      event.preventDefault();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  }, []);
}
