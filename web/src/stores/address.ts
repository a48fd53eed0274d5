// The address is the view state: read it, and change parts of it.

import { useCallback, useSyncExternalStore } from "react";
import { placeOf, type Params } from "../paths";

function subscribe(listener: () => void): () => void {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
}

export function useAddress() {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const { place, params } = placeOf(hash);
  const change = useCallback((changes: Params, keep: "replace" | "push" = "replace") => {
    const [path = "#/", query = ""] = (location.hash || "#/").split(/\?(.*)/s);
    const next = new URLSearchParams(query);
    for (const [key, value] of Object.entries(changes)) {
      if (value === undefined || value === "") next.delete(key);
      else next.set(key, value);
    }
    const text = next.toString();
    go(text ? `${path}?${text}` : path, keep);
  }, []);
  return { place, params, change };
}

export function go(hash: string, keep: "replace" | "push" = "push"): void {
  if (hash === location.hash) return;
  if (keep === "push") {
    location.hash = hash;
  } else {
    history.replaceState(null, "", hash);
    dispatchEvent(new HashChangeEvent("hashchange"));
  }
}
