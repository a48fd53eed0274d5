// Live changes: server-sent events, asking from time to time where they do not come. Idle when the
// page is hidden or paused. Changes are handed on as they are; what to ask again is the page's.

import { useEffect, useRef } from "react";
import { api } from "../paths";
import { live, useStore } from "../stores/store";

export interface RunChange { run_id: string; experiment_id: string; metric_keys: string[] }
export interface Change { runs?: RunChange[]; anything?: boolean }

const POLL_MS = 5_000;

export function useLive(experimentIds: readonly string[], runIds: readonly string[], onChange: (change: Change) => void): void {
  const { isPaused } = useStore(live);
  const handler = useRef(onChange);
  handler.current = onChange;
  useEffect(() => {
    if (isPaused) return;
    let source: EventSource | null = null;
    let wasHidden = false;
    const set = (state: "up" | "down" | "idle") => live.get().state !== state && live.set({ ...live.get(), state });
    const poll = setInterval(() => {
      if (!document.hidden && source?.readyState !== EventSource.OPEN) {
        set("down");
        handler.current({ anything: true });
        if (source?.readyState === EventSource.CLOSED) start();
      }
    }, POLL_MS);
    const start = () => {
      source?.close();
      source = new EventSource(api.events(experimentIds, runIds));
      source.onopen = () => {
        if (live.get().state === "down" || wasHidden) handler.current({ anything: true });
        wasHidden = false;
        set("up");
      };
      source.onmessage = (event) => handler.current(JSON.parse(event.data as string) as Change);
      source.onerror = () => set("down");
    };
    const seen = () => {
      if (document.hidden) {
        wasHidden = true;
        source?.close();
      } else start();
    };
    start();
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearInterval(poll);
      source?.close();
      document.removeEventListener("visibilitychange", seen);
      set("idle");
    };
  }, [isPaused, experimentIds.join(), runIds.join()]);
}
