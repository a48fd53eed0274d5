// The table: virtual rows and columns over the whole result, with the keyboard.

import { useVirtualizer } from "@tanstack/react-virtual";
import { memo, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Swatch } from "../charts/Numbers";
import { ago, fullTime, number } from "../format";
import { pages } from "../paths";
import { go } from "../stores/address";
import { durationText, isNumeric, term, title, type Cell, type Column, type Row } from "./rows";

const ROW_HEIGHT = 32;
const HEAD_HEIGHT = 30;
const OVERSCAN = 4;
const [WIDTH_MIN, WIDTH_MAX, WIDTH_STEP] = [60, 800, 10];
const bounded = (width: number) => Math.max(WIDTH_MIN, Math.min(WIDTH_MAX, width));

export interface RunsTableProps {
  rows: readonly Row[];
  rowCount: number;
  /** Those that stay beside the names come first. */
  columns: readonly Column[];
  pinnedCount: number;
  nameWidth: number;
  order: string;
  selected: ReadonlySet<string>;
  expanded: ReadonlySet<string>;
  shown: ReadonlyMap<string, number>;
  /** Names by id, where runs of several are shown. */
  experiments: ReadonlyMap<string, string>;
  onOrder: (order: string) => void;
  onSelect: (runIds: string[], isOn: boolean) => void;
  onExpand: (runId: string) => void;
  onResize: (id: string, width: number) => void;
  onMove: (id: string, before: string) => void;
  onReach: (index: number) => void;
}

export function RunsTable(props: RunsTableProps) {
  const { rows, rowCount, pinnedCount, nameWidth, selected, onReach } = props;
  const columns = useMemo(() => props.columns.slice(pinnedCount), [props.columns, pinnedCount]);
  const pinned = useMemo(() => props.columns.slice(0, pinnedCount), [props.columns, pinnedCount]);
  const fixedWidth = pinned.reduce((sum, one) => sum + one.width, nameWidth);
  const scroller = useRef<HTMLDivElement>(null);
  const [cursor, setCursor] = useState(-1);
  const anchor = useRef(-1);
  // Drawn once a scroll, after all have read where it is: drawing in between would lay out twice.
  const vertical = useVirtualizer({
    count: rowCount, getScrollElement: () => scroller.current, estimateSize: () => ROW_HEIGHT, overscan: OVERSCAN,
    scrollPaddingStart: HEAD_HEIGHT, useFlushSync: false,
  });
  const horizontal = useVirtualizer({
    horizontal: true, count: columns.length, getScrollElement: () => scroller.current,
    estimateSize: (index) => columns[index]?.width ?? 110, overscan: 3, useFlushSync: false,
  });
  useEffect(() => horizontal.measure(), [columns.map((c) => c.width).join(), fixedWidth]);
  const visible = vertical.getVirtualItems();
  const last = visible.at(-1)?.index ?? 0;
  useEffect(() => onReach(last), [last, rows.length, onReach]);
  const across = horizontal.getVirtualItems();
  const width = fixedWidth + horizontal.getTotalSize();
  const hasTree = rows.some((row) => row.children > 0);
  const numbers = useMemo(() => props.columns.map((column, at) => isNumeric(column, rows, at)), [props.columns, rows]);
  const known = useRef(numbers);
  // The same list while it says the same, so that rows stay as they are drawn.
  if (numbers.join() !== known.current.join()) known.current = numbers;

  // Rows are drawn again only when something of theirs changes: what they call stays the same.
  const now = useRef(props);
  now.current = props;
  const expand = useCallback((runId: string) => now.current.onExpand(runId), []);
  const select = useCallback((index: number, isRange: boolean) => {
    const { rows, selected, onSelect } = now.current;
    const row = rows[index];
    if (!row) return;
    const isOn = !selected.has(row.runId);
    const from = isRange && anchor.current >= 0 ? Math.min(anchor.current, index) : index;
    const to = isRange && anchor.current >= 0 ? Math.max(anchor.current, index) : index;
    anchor.current = index;
    onSelect(rows.slice(from, to + 1).map((one) => one.runId), isRange ? true : isOn);
  }, []);
  // A row that leaves the screen lends its elements to one that comes.
  const pool = useRef(0);
  pool.current = Math.max(pool.current, visible.length);
  const move = (to: number) => {
    const next = Math.max(0, Math.min(rowCount - 1, to));
    setCursor(next);
    vertical.scrollToIndex(next);
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.target instanceof HTMLInputElement || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, visible.length - OVERSCAN * 2);
    const moves: Record<string, number> = {
      ArrowDown: cursor + 1, j: cursor + 1, ArrowUp: cursor - 1, k: cursor - 1, PageDown: cursor + page,
      PageUp: cursor - page, Home: 0, End: rowCount - 1,
    };
    const row = rows[cursor];
    if (event.key in moves) move(moves[event.key] ?? 0);
    else if ((event.key === " " || event.key === "x") && row) select(cursor, event.shiftKey);
    else if (event.key === "Enter" && row && event.target === scroller.current) go(pages.run(row.experimentId, row.runId));
    else if (event.key === "ArrowRight" && row && row.children && !props.expanded.has(row.runId)) props.onExpand(row.runId);
    else if (event.key === "ArrowLeft" && row && props.expanded.has(row.runId)) props.onExpand(row.runId);
    else return;
    event.preventDefault();
  };

  return (
    <div
      ref={scroller} className="grid" role="grid" aria-label="Runs" aria-rowcount={rowCount + 1}
      aria-colcount={props.columns.length + 1} aria-multiselectable="true" tabIndex={0} onKeyDown={keys}
      onScroll={(event) => follow(event.currentTarget)}
      aria-activedescendant={cursor >= 0 && rows[cursor] ? `run-${rows[cursor]?.runId}` : undefined}
    >
      <div className="grid-head" role="row" aria-rowindex={1} style={{ width }}>
        <div className="pinned" role="presentation" style={{ width: fixedWidth, zIndex: 4 }}>
          <HeadCell
            label="Run" sort="run_name" place={1} order={props.order} onOrder={props.onOrder} left={0} width={nameWidth}
            onResize={(to) => props.onResize("name", to)}
          />
          {pinned.map((column, index) => (
            <HeadCell
              key={column.id} place={index + 2} label={title(column)} sort={term(column)} order={props.order} onOrder={props.onOrder}
              left={pinned.slice(0, index).reduce((sum, one) => sum + one.width, nameWidth)} width={column.width}
              isNumeric={known.current[index]} column={column} onResize={(to) => props.onResize(column.id, to)} onMove={props.onMove}
            />
          ))}
        </div>
        {across.map((item) => {
          const column = columns[item.index];
          return column && (
              <HeadCell
                key={column.id} place={item.index + pinnedCount + 2} label={title(column)} sort={term(column)} order={props.order} onOrder={props.onOrder}
                left={fixedWidth + item.start} width={column.width} isNumeric={known.current[item.index + pinnedCount]} column={column}
                onResize={(to) => props.onResize(column.id, to)} onMove={props.onMove}
              />
          );
        })}
      </div>
      <div role="rowgroup" style={{ height: vertical.getTotalSize(), width, position: "relative" }}>
        {visible.map((item) => {
          const row = rows[item.index];
          return (
            <RunRow
              key={item.index % pool.current} index={item.index} top={item.start} row={row} width={width} nameWidth={nameWidth} fixedWidth={fixedWidth}
              columns={props.columns} pinnedCount={pinnedCount} first={across[0]?.index ?? 0} last={across.at(-1)?.index ?? -1}
              start={across[0]?.start ?? 0}
              isSelected={!!row && selected.has(row.runId)} isCursor={item.index === cursor}
              isExpanded={!!row && props.expanded.has(row.runId)} color={row ? props.shown.get(row.runId) : undefined}
              hasTree={hasTree} hasColors={props.shown.size > 0} isNumber={known.current} experiments={props.experiments} onSelect={select} onExpand={expand}
            />
          );
        })}
      </div>
    </div>
  );
}

/** The names stay at the left when the table scrolls sideways. */
function follow(grid: HTMLElement): void {
  const across = `${grid.scrollLeft}px`;
  if (grid.style.getPropertyValue("--across") !== across) grid.style.setProperty("--across", across);
}

function sortOf(sort: string, order: string): "ascending" | "descending" | "none" {
  if (order === `${sort} ASC`) return "ascending";
  return order === `${sort} DESC` ? "descending" : "none";
}

function HeadCell({ label, place, sort, order, left, width, isNumeric, column, onOrder, onResize, onMove }: {
  label: string; place: number; sort: string; order: string; left: number; width: number; isNumeric?: boolean; column?: Column;
  onOrder: (order: string) => void; onResize: (width: number) => void; onMove?: (id: string, before: string) => void;
}) {
  const state = sortOf(sort, order);
  const next = state === "none" ? `${sort} DESC` : state === "descending" ? `${sort} ASC` : "";
  const drag = (event: React.PointerEvent) => {
    event.preventDefault();
    const from = event.clientX;
    const target = event.currentTarget;
    target.setPointerCapture(event.pointerId);
    const move = (at: PointerEvent) => onResize(bounded(width + at.clientX - from));
    const stop = () => target.removeEventListener("pointermove", move as EventListener);
    target.addEventListener("pointermove", move as EventListener);
    target.addEventListener("pointerup", stop, { once: true });
  };
  // One stop of Tab for the whole head: arrows go from column to column, with Shift they change the width.
  const keys = (event: React.KeyboardEvent<HTMLElement>) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined && event.key !== " ") return;
    event.stopPropagation();
    if (by === undefined) return;
    event.preventDefault();
    if (event.shiftKey) return onResize(bounded(width + by * WIDTH_STEP));
    const all = [...(event.currentTarget.closest(".grid-head")?.querySelectorAll<HTMLElement>(".head-cell > button") ?? [])];
    all[all.indexOf(event.target as HTMLElement) + by]?.focus();
  };
  return (
    <div className={`head-cell ${isNumeric ? "num" : ""}`} role="columnheader" aria-label={label} aria-colindex={place} aria-sort={state}
      style={{ left, width }} draggable={!!column}
      onDragStart={(event) => column && event.dataTransfer.setData("text/milepost-column", column.id)}
      onDragOver={(event) => column && event.preventDefault()}
      onDrop={(event) => {
        const moved = event.dataTransfer.getData("text/milepost-column");
        if (moved && column && moved !== column.id) onMove?.(moved, column.id);
      }}
    >
      <button tabIndex={place === 1 ? 0 : -1} title={`Sort by ${sort}`} onClick={() => onOrder(next)} onKeyDown={keys}>
        <span className="clip">{label}</span>
        {state !== "none" && <span aria-hidden="true">{state === "ascending" ? "↑" : "↓"}</span>}
      </button>
      <div className="resizer" role="separator" aria-orientation="vertical" tabIndex={-1} aria-label={`Width of ${label}`} aria-valuenow={width}
        aria-valuemin={WIDTH_MIN} aria-valuemax={WIDTH_MAX} onPointerDown={drag} />
    </div>
  );
}

interface RunRowProps {
  index: number; top: number; row: Row | undefined; width: number; nameWidth: number; fixedWidth: number; columns: readonly Column[]; pinnedCount: number;
  first: number; last: number; start: number; isSelected: boolean; isCursor: boolean; isExpanded: boolean;
  color: number | undefined; hasTree: boolean; hasColors: boolean; isNumber: readonly boolean[]; experiments: ReadonlyMap<string, string>; onSelect: (index: number, isRange: boolean) => void; onExpand: (runId: string) => void;
}

const RunRow = memo(function RunRow(props: RunRowProps) {
  const { row, index, top, columns, pinnedCount, nameWidth, fixedWidth } = props;
  const style = { top, width: props.width };
  if (!row)
    return (
      <div className="grid-row" role="row" aria-rowindex={index + 2} style={style}>
        <div className="pinned" role="gridcell" style={{ width: fixedWidth, padding: 11 }}><div className="placeholder-bar" /></div>
      </div>
    );
  let left = fixedWidth + props.start;
  let beside = nameWidth;
  const drawn = (column: Column, at: number, start: number) => {
    const [text, title] = told(row.cells[at], column, props.experiments);
    return (
      <div key={column.id} role="gridcell" aria-colindex={at + 2} title={title}
        className={`text-cell${props.isNumber[at] ? " num" : ""}${row.cells[at] === undefined ? " none" : ""}`} style={{ left: start, width: column.width }}>{text}</div>
    );
  };
  const names = ["grid-row", props.isSelected && "is-selected", props.isCursor && "is-cursor", !row.isMatch && "dim"];
  return (
    <div id={`run-${row.runId}`} className={names.filter(Boolean).join(" ")} role="row" aria-rowindex={index + 2}
      aria-selected={props.isSelected} style={style}>
      <div className="pinned" role="presentation" style={{ width: fixedWidth }}>
        <div className="cell" role="rowheader" aria-colindex={1} style={{ left: row.depth * 18, width: nameWidth - row.depth * 18 }}>
          <input type="checkbox" tabIndex={-1} aria-label={`Select ${row.name}`} checked={props.isSelected}
            onChange={() => undefined} onClick={(event) => props.onSelect(index, event.shiftKey)} />
          {row.children > 0 ? (
            <button className="twist" tabIndex={-1} aria-label={`${props.isExpanded ? "Hide" : "Show"} ${row.depth ? "" : `${row.children} `}children`}
              aria-expanded={props.isExpanded} onClick={() => props.onExpand(row.runId)}>{props.isExpanded ? "▾" : "▸"}</button>
          ) : props.hasTree ? <span style={{ width: 20, flex: "none" }} /> : null}
          {props.hasColors && <Swatch color={props.color} />}
          <a className="clip grow" tabIndex={-1} href={pages.run(row.experimentId, row.runId)} title={row.name}>{row.name}</a>
          {row.children > 0 && row.depth === 0 && <span className="chip">{row.children}</span>}
          <span className={`status ${row.status}`} title={row.status}><span className="hidden-text">{row.status}</span></span>
        </div>
        {columns.slice(0, pinnedCount).map((column, at) => drawn(column, at, (beside += column.width) - column.width))}
      </div>
      {columns.slice(pinnedCount + props.first, pinnedCount + props.last + 1)
        .map((column, offset) => drawn(column, pinnedCount + props.first + offset, (left += column.width) - column.width))}
    </div>
  );
});

/** A cell's text and what it says on hovering. One element a cell: clips and boxes cost frames. */
function told(cell: Cell, column: Column, experiments: ReadonlyMap<string, string>): [string, string] {
  if (cell === undefined) return ["–", "no value"];
  if (column.key === "start_time" || column.key === "end_time") return [ago(cell as number, Date.now()), fullTime(cell as number)];
  if (column.id === "a:experiment_id") return [experiments.get(String(cell)) ?? String(cell), `experiment ${cell}`];
  if (column.key === "duration") return [durationText(cell), ""];
  if (typeof cell === "number") return [number(cell), String(cell)];
  return [cell.slice(0, 200), cell.slice(0, 500)];
}
