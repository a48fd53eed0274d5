// Which columns: search them, only those that vary or are filled, take them in or out.

import { useMemo, useState } from "react";
import type { RunColumn } from "../api/generated";
import { count } from "../format";
import { earlier } from "../grouped";
import { Dialog } from "../widgets/basics";
import { ATTRIBUTES } from "./rows";

const SHOWN_MAX = 300;
const LETTERS: Record<string, string> = { metrics: "m", params: "p", tags: "t" };

export function ColumnChooser({ found, runCount, chosen, pinned, onChange, onPin, onClose, onReset }: {
  found: readonly RunColumn[]; runCount: number; chosen: readonly string[];
  pinned: ReadonlySet<string>; onPin: (ids: string[]) => void;
  onChange: (ids: string[]) => void; onClose: () => void; onReset: () => void;
}) {
  const [text, setText] = useState("");
  const [isVarying, setVarying] = useState(false);
  const [isFilled, setFilled] = useState(false);
  const options = useMemo(() => {
    const wanted = text.toLowerCase();
    const attributes = Object.entries(ATTRIBUTES).map(([key, label]) => ({ id: `a:${key}`, label, kind: "attributes", runs: runCount, varies: true }));
    const rest = found.flatMap((column) => {
      const id = `${LETTERS[column.kind ?? ""]}:${column.key}`;
      const one = { id, label: column.key ?? "", kind: column.kind ?? "", runs: column.run_count ?? 0, varies: !!column.is_varying };
      if (column.kind !== "metrics") return [one];
      return [one, { ...one, id: `${id}@min`, label: `min ${one.label}` }, { ...one, id: `${id}@max`, label: `max ${one.label}` }];
    });
    return [...attributes, ...rest].filter(
      (one) => one.label.toLowerCase().includes(wanted) && (!isVarying || one.varies) && (!isFilled || one.runs >= runCount)
        && (text || !/@(min|max)$/.test(one.id) || chosen.includes(one.id)),
    );
  }, [found, text, isVarying, isFilled, runCount, chosen]);
  const set = new Set(chosen);
  const toggle = (id: string) => onChange(set.has(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  return (
    <Dialog title="Columns" onClose={onClose} footer={
      <>
        <button className="button ghost" onClick={onReset}>Back to default</button>
        <button className="button" onClick={() => onChange([])}>None</button>
        <button className="button primary" onClick={onClose}>Done</button>
      </>
    }>
      <div className="stack">
        <input className="field" aria-label="Search columns" placeholder="Search columns (min and max of metrics too)"
          value={text} onChange={(event) => setText(event.target.value)} />
        <div className="row wrap">
          <label className="check"><input type="checkbox" checked={isVarying} onChange={() => setVarying(!isVarying)} />Only varying</label>
          <label className="check"><input type="checkbox" checked={isFilled} onChange={() => setFilled(!isFilled)} />Only non-empty</label>
          <span className="grow" />
          <button className="button" onClick={() => onChange([...new Set([...chosen, ...options.slice(0, SHOWN_MAX).map((o) => o.id)])])}>
            Add all shown
          </button>
        </div>
        <div>
          {options.slice(0, SHOWN_MAX).map((one) => (
            <div key={one.id} className="row">
              <label className="check row grow">
                <input type="checkbox" checked={set.has(one.id)} onChange={() => toggle(one.id)} />
                <span className="grow clip">{one.label}</span>
                <span className="muted">{one.kind}</span>
              </label>
              {chosen.indexOf(one.id) > 0 && <button className="button ghost icon-button" aria-label={`Move ${one.label} before`} title="One place earlier"
                onClick={() => onChange(earlier(chosen, one.id))}>←</button>}
              {set.has(one.id) && <button className="button ghost" aria-pressed={pinned.has(one.id)} aria-label={`Pin ${one.label}`}
                title="Keep it beside the names" onClick={() => onPin(pinned.has(one.id) ? [...pinned].filter((id) => id !== one.id) : [...pinned, one.id])}>Pin</button>}
            </div>
          ))}
          {options.length > SHOWN_MAX && <p className="muted">{count(options.length - SHOWN_MAX)} more; search to find them.</p>}
          {options.length === 0 && <p className="muted">No column has this in its name.</p>}
        </div>
      </div>
    </Dialog>
  );
}
