// Small parts that know nothing of runs.

import { Fragment, useEffect, useRef, useState, type ReactNode } from "react";
import { ApiError } from "../api/client";
import { ago, fullTime } from "../format";
import { notify } from "../stores/store";

// Asked again, the server would answer the same.
const FINAL = new Set([400, 404]);

export function Fault({ error, retry }: { error: unknown; retry?: () => void }) {
  const text = error instanceof Error ? error.message : String(error);
  const [first, ...rest] = text.split("\n");
  return (
    <div className="fault" role="alert">
      {first}
      {rest.length > 0 && <pre>{rest.join("\n")}</pre>}
      {retry && !(error instanceof ApiError && FINAL.has(error.status)) && (
        <div>
          <button className="button" onClick={retry}>Try again</button>
        </div>
      )}
    </div>
  );
}

/** The width of what `ref` is on, kept up to date; `first` until it is known. */
export function useWidth(first: number): [React.RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(first);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? first)));
    if (box.current) watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  return [box, width];
}

/** A key that breaks behind its separators, not within a word. */
export function Key({ name }: { name: string }) {
  return <>{(name.match(/[^/._-]+[/._-]*|[/._-]+/g) ?? []).map((part, at) => <Fragment key={at}>{at > 0 && <wbr />}{part}</Fragment>)}</>;
}

export function Time({ at }: { at: number | undefined }) {
  if (!at) return <span className="muted">–</span>;
  return <time dateTime={new Date(at).toISOString()} title={fullTime(at)}>{ago(at, Date.now())}</time>;
}

export function Copy({ text, label, children }: { text: string; label: string; children?: ReactNode }) {
  return (
    <button
      className="button ghost icon-button"
      aria-label={`Copy ${label}`}
      title={`Copy ${label}`}
      onClick={() => void copy(text, label)}
    >
      {children ?? (
        <svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor" strokeWidth="1.4" aria-hidden="true">
          <rect x="5.5" y="5.5" width="8" height="8" rx="1.5" /><path d="M10.5 5.5v-2A1 1 0 0 0 9.500 2.500h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2" />
        </svg>
      )}
    </button>
  );
}

export async function copy(text: string, label: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify(`Copied ${label}.`);
  } catch {
    prompt(`Your browser keeps the clipboard shut. Copy ${label} from here:`, text);
  }
}

export function Dialog({ title, onClose, children, footer, isWide = false }: {
  title: string; onClose: () => void; children: ReactNode; footer?: ReactNode; isWide?: boolean;
}) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const first = box.current?.querySelector<HTMLElement>("input, textarea, select, .body button, .body a") ?? box.current;
    first?.focus();
    return () => before?.focus();
  }, []);
  const keys = (event: React.KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape") onClose();
    if (event.key === "Tab") keepInside(event, box.current);
  };
  return (
    <div className="overlay" onMouseDown={(event) => event.target === event.currentTarget && onClose()}>
      <div className={`dialog ${isWide ? "wide" : ""}`} role="dialog" aria-modal="true" aria-label={title} ref={box} tabIndex={-1} onKeyDown={keys}>
        <header>
          <h2 className="grow">{title}</h2>
          <button className="button ghost icon-button" aria-label="Close" onClick={onClose}>✕</button>
        </header>
        <div className="body">{children}</div>
        {footer && <footer>{footer}</footer>}
      </div>
    </div>
  );
}

function keepInside(event: React.KeyboardEvent, box: HTMLElement | null): void {
  const all = [...(box?.querySelectorAll<HTMLElement>("a[href], button:not(:disabled), input, select, textarea") ?? [])];
  const last = all.at(-1);
  if (event.shiftKey && document.activeElement === all[0]) {
    last?.focus();
    event.preventDefault();
  } else if (!event.shiftKey && document.activeElement === last) {
    all[0]?.focus();
    event.preventDefault();
  }
}

export function Popover({ label, button, children }: { label: string; button: ReactNode; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: MouseEvent) => !box.current?.contains(event.target as Node) && setOpen(false);
    addEventListener("mousedown", close);
    return () => removeEventListener("mousedown", close);
  }, [isOpen]);
  return (
    <div className="anchor" ref={box} onKeyDown={(event) => event.key === "Escape" && setOpen(false)}>
      <button className="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{button}</button>
      {isOpen && <div className="popover stack" role="group" aria-label={label}>{children}</div>}
    </div>
  );
}

export function Segments<T extends string>({ label, value, options, onChange }: {
  label: string; value: T; options: readonly (readonly [T, string])[]; onChange: (value: T) => void;
}) {
  return (
    <div className="segments" role="group" aria-label={label}>
      {options.map(([one, text]) => (
        <button key={one} aria-pressed={one === value} onClick={() => onChange(one)}>{text}</button>
      ))}
    </div>
  );
}
