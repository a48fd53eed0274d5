// What is neither in the address nor from the server: four small stores, each a value and listeners.

import { useSyncExternalStore } from "react";

export class Store<T> {
  private listeners = new Set<() => void>();
  constructor(private value: T) {}
  get = (): T => this.value;
  set = (value: T): void => {
    this.value = value;
    for (const listener of this.listeners) listener();
  };
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}

export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}

export type Theme = "system" | "light" | "dark";
function kept<T extends string>(key: string, fallback: T): T {
  try {
    return (localStorage.getItem(key) as T | null) ?? fallback;
  } catch {
    return fallback; // storage may be off
  }
}

export const theme = new Store<Theme>(kept("milepost.theme", "system"));
export function applyTheme(): void {
  const wanted = theme.get();
  const dark = wanted === "dark" || (wanted === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}
theme.subscribe(() => {
  try {
    localStorage.setItem("milepost.theme", theme.get());
  } catch {
    // then it lasts as long as the page
  }
  applyTheme();
});

/** Live: whether the stream is up, and whether the user has paused it. */
export const live = new Store<{ isPaused: boolean; state: "idle" | "up" | "down" }>({ isPaused: false, state: "idle" });

export interface Notice {
  id: number;
  text: string;
  isError?: boolean;
  undo?: () => void;
}
export const notices = new Store<Notice[]>([]);
let lastNotice = 0;
export function notify(text: string, more: Partial<Notice> = {}): void {
  const id = ++lastNotice;
  notices.set([...notices.get().slice(-3), { id, text, ...more }]);
  setTimeout(() => dismiss(id), more.undo ? 12_000 : more.isError ? 10_000 : 4_000);
}
export function dismiss(id: number): void {
  notices.set(notices.get().filter((notice) => notice.id !== id));
}

export const dialog = new Store<"palette" | "keys" | null>(null);
