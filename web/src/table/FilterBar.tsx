// The filter as text, with completion and the server's caret; the builder writes the same text.

import { useEffect, useRef, useState } from "react";
import type { RunColumn } from "../api/generated";
import { identifier } from "../format";
import { Popover } from "../widgets/basics";
import { completions } from "./complete";

export function FilterBar({ filter, error, columns, onFilter }: {
  filter: string; error: unknown; columns: readonly RunColumn[]; onFilter: (filter: string) => void;
}) {
  const [text, setText] = useState(filter);
  const [chosen, setChosen] = useState(-1);
  const [isOpen, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setText(filter), [filter]);
  const place = input.current?.selectionStart ?? text.length;
  const { from, options } = isOpen ? completions(text, place, columns) : { from: 0, options: [] };

  const take = (option: string) => {
    const next = text.slice(0, from) + option + text.slice(place);
    setText(next);
    setOpen(false);
    setChosen(-1);
    requestAnimationFrame(() => input.current?.setSelectionRange(from + option.length, from + option.length));
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.key === "ArrowDown" && options.length) setChosen((chosen + 1) % options.length);
    else if (event.key === "ArrowUp" && options.length) setChosen((chosen + options.length - 1) % options.length);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0 && options[chosen]) take(options[chosen]);
    else if (event.key === "Enter") {
      setOpen(false);
      onFilter(text.trim());
    } else if (event.key === "Escape") {
      if (isOpen && options.length) setOpen(false);
      else input.current?.blur();
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <div className="filter">
        <input
          ref={input} className="field" data-search value={text} spellCheck={false} autoComplete="off"
          placeholder="Filter:  metrics.loss < 0.1 AND params.optimizer = 'adam'" aria-label="Filter"
          role="combobox" aria-expanded={options.length > 0} aria-controls="filter-options" aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 ? `filter-option-${chosen}` : undefined}
          aria-invalid={!!error} aria-describedby={error ? "filter-error" : undefined}
          onChange={(event) => { setText(event.target.value); setOpen(true); setChosen(-1); }}
          onKeyDown={keys} onBlur={() => setTimeout(() => setOpen(false), 150)}
        />
        {options.length > 0 && (
          <ul className="suggestions" id="filter-options" role="listbox" aria-label="Completions">
            {options.map((option, index) => (
              <li key={option} id={`filter-option-${index}`} role="option" aria-selected={index === chosen}
                onMouseDown={(event) => { event.preventDefault(); take(option); }}>{option}</li>
            ))}
          </ul>
        )}
      </div>
      {filter && <button className="button ghost" onClick={() => onFilter("")}>Clear</button>}
      <Popover label="Filter builder" button="Builder">
        <Builder columns={columns} filter={filter} onFilter={onFilter} />
      </Popover>
    </>
  );
}

const OPERATORS = ["=", "!=", "<", "<=", ">", ">=", "LIKE", "ILIKE", "RLIKE", "IS NULL", "IS NOT NULL"];

function Builder({ columns, filter, onFilter }: {
  columns: readonly RunColumn[]; filter: string; onFilter: (filter: string) => void;
}) {
  const [name, setName] = useState("");
  const [operator, setOperator] = useState("=");
  const [value, setValue] = useState("");
  const names = [
    "status", "run_name", "user_id", "start_time", "duration",
    ...columns.map((c) => identifier(c.kind ?? "", c.key ?? "")),
  ];
  const needsValue = !operator.endsWith("NULL");
  const literal = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(value) && !name.startsWith("tags.") && !name.startsWith("run_")
    ? value : `'${value.replaceAll("'", "''")}'`;
  const add = () => {
    const one = needsValue ? `${name} ${operator} ${literal}` : `${name} ${operator}`;
    onFilter(filter ? `${/\bOR\b/i.test(filter) ? `(${filter})` : filter} AND ${one}` : one);
    setValue("");
  };
  return (
    <form className="stack" onSubmit={(event) => { event.preventDefault(); if (name) add(); }}>
      <label className="stack">Field
        <input className="field" list="builder-names" value={name} onChange={(event) => setName(event.target.value)} />
        <datalist id="builder-names">{names.slice(0, 2000).map((one) => <option key={one} value={one} />)}</datalist>
      </label>
      <div className="row">
        <select className="field" aria-label="Operator" value={operator} onChange={(event) => setOperator(event.target.value)}>
          {OPERATORS.map((one) => <option key={one}>{one}</option>)}
        </select>
        {needsValue && <input className="field grow" aria-label="Value" value={value} onChange={(event) => setValue(event.target.value)} />}
      </div>
      <button className="button primary" disabled={!name}>Add condition</button>
      {filter && <code className="muted">{filter}</code>}
    </form>
  );
}
