// The runs of a search as rows: which columns, what to ask for them, and compact cells. Pure.

import { double } from "../api/client";
import type { Run, RunColumn } from "../api/generated";
import { identifier, span } from "../format";

export type Kind = "attribute" | "metric" | "param" | "tag";
export type Part = "last" | "min" | "max";

/** A column by its name in the address: `m:loss`, `m:loss@min`, `p:lr`, `t:note`, `a:duration`. */
export interface Column {
  id: string;
  kind: Kind;
  key: string;
  part: Part;
  width: number;
}

export type Cell = string | number | undefined;
export interface Row {
  runId: string;
  experimentId: string;
  name: string;
  status: string;
  start: number;
  end: number | undefined;
  isActive: boolean;
  children: number;
  isMatch: boolean;
  depth: number;
  cells: Cell[];
}

const KINDS: Record<string, Kind> = { a: "attribute", m: "metric", p: "param", t: "tag" };
const WIDTHS: Record<Kind, number> = { attribute: 110, metric: 110, param: 110, tag: 130 };
export const ATTRIBUTES: Record<string, string> = {
  start_time: "Started", duration: "Duration", status: "Status", user_id: "User", end_time: "Ended", run_id: "Run ID",
  experiment_id: "Experiment",
};

export function columnOf(id: string, widths: Record<string, number> = {}): Column | null {
  const kind = KINDS[id[0] ?? ""];
  if (!kind || id[1] !== ":") return null;
  const rest = id.slice(2);
  const at = kind === "metric" ? /@(min|max)$/.exec(rest) : null;
  const key = at ? rest.slice(0, at.index) : rest;
  if (!key) return null;
  return { id, kind, key, part: (at?.[1] as Part | undefined) ?? "last", width: widths[id] ?? (key === "experiment_id" ? 180 : WIDTHS[kind]) };
}

export function title(column: Column): string {
  if (column.kind === "attribute") return ATTRIBUTES[column.key] ?? column.key;
  return column.part === "last" ? column.key : `${column.part} ${column.key}`;
}

/** The column as the filter language and order_by say it. */
export function term(column: Column): string {
  if (column.kind === "attribute") return column.key;
  if (column.kind === "metric") {
    const metric = identifier("metrics", column.key);
    return column.part === "last" ? metric : `${column.part}(${metric})`;
  }
  return identifier(column.kind === "param" ? "params" : "tags", column.key);
}

const ALWAYS = ["run_name", "status", "start_time", "end_time", "experiment_id", "lifecycle_stage"];

/** The `fields` of a search that shows these columns. */
export function fieldsOf(columns: readonly Column[]): string[] {
  const fields = new Set(ALWAYS);
  for (const column of columns) {
    if (column.kind === "attribute") {
      if (column.key === "user_id") fields.add("user_id");
    } else if (column.kind === "metric") fields.add(identifier("metrics", column.key));
    else fields.add(term(column));
  }
  return [...fields];
}

export function wantsAggregates(columns: readonly Column[]): boolean {
  return columns.some((column) => column.part !== "last");
}

export function rowOf(run: Run, columns: readonly Column[], depth = 0): Row {
  const info = run.info ?? {};
  const data = run.data ?? {};
  const metrics = new Map((data.metrics ?? []).map((m) => [m.key, double(m.value)]));
  const aggregates = new Map((data.metric_aggregates ?? []).map((m) => [m.key, m]));
  const params = new Map((data.params ?? []).map((p) => [p.key, p.value ?? ""]));
  const tags = new Map((data.tags ?? []).map((t) => [t.key, t.value ?? ""]));
  const cell = (column: Column): Cell => {
    switch (column.kind) {
      case "metric":
        if (column.part === "last") return metrics.get(column.key);
        return aggregates.has(column.key) ? double(aggregates.get(column.key)?.[column.part]?.value) : undefined;
      case "param":
        return params.get(column.key);
      case "tag":
        return tags.get(column.key);
      default:
        if (column.key === "duration") return info.end_time && info.start_time ? info.end_time - info.start_time : undefined;
        return info[column.key as "status" | "user_id" | "start_time" | "end_time" | "run_id"];
    }
  };
  return {
    runId: info.run_id ?? "",
    experimentId: info.experiment_id ?? "",
    name: info.run_name || (info.run_id ?? "").slice(0, 8),
    status: info.status ?? "",
    start: info.start_time ?? 0,
    end: info.end_time,
    isActive: info.lifecycle_stage !== "deleted",
    children: run.child_count ?? 0,
    isMatch: run.matches_filter ?? true,
    depth,
    cells: columns.map(cell),
  };
}

const DEFAULT_PARAMS = 6;
const DEFAULT_METRICS = 6;

/** What a table shows before anyone has chosen: what differs, and the metrics most runs have. */
export function defaultColumns(found: readonly RunColumn[], isEverywhere: boolean): string[] {
  const most = (a: RunColumn, b: RunColumn) => (b.run_count ?? 0) - (a.run_count ?? 0);
  const metrics = found.filter((c) => c.kind === "metrics" && !c.key?.startsWith("system/")).sort(most);
  const params = found.filter((c) => c.kind === "params" && c.is_varying).sort(most);
  return [
    ...(isEverywhere ? ["a:experiment_id"] : []),
    "a:start_time",
    "a:duration",
    ...metrics.slice(0, DEFAULT_METRICS).map((c) => `m:${c.key}`),
    ...params.slice(0, DEFAULT_PARAMS).map((c) => `p:${c.key}`),
  ];
}

const LOOKED_AT = 50;

/** Whether a column stands at the right: numbers do, and params whose first values are all numbers. */
export function isNumeric(column: Column, rows: readonly Row[], at: number): boolean {
  if (column.kind !== "param") return column.kind === "metric" || column.id === "a:duration";
  const told = rows.slice(0, LOOKED_AT).map((row) => row.cells[at]).filter((cell) => cell !== undefined && cell !== "");
  return told.every((cell) => Number.isFinite(Number(cell)));
}

/** Rows as CSV; texts that a spreadsheet would take for formulas get a quote before them. */
export function csvOf(rows: readonly Row[], columns: readonly Column[]): string {
  const quote = (value: Cell) => {
    const text = typeof value === "number" ? String(value) : (value ?? "");
    const safe = typeof value === "string" && /^[=+\-@\t]/.test(text) && Number.isNaN(Number(text)) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const head = ["run_id", "name", "status", ...columns.map(term)];
  const lines = rows.map((row) => [row.runId, row.name, row.status, ...row.cells].map(quote).join(","));
  return [head.map(quote).join(","), ...lines].join("\n") + "\n";
}

export function durationText(cell: Cell): string {
  return typeof cell === "number" ? span(cell) : "";
}
