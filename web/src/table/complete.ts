// What can stand where the caret is in a filter. Pure.

import type { RunColumn } from "../api/generated";
import { identifier } from "../format";

const ATTRIBUTES = [
  "status", "run_name", "start_time", "end_time", "duration", "user_id", "run_id", "parent_run_id", "has_children",
  "experiment_name", "lifecycle_stage",
];
const WORDS = ["AND", "OR", "NOT", "IN", "LIKE", "ILIKE", "RLIKE", "IS NULL", "IS NOT NULL", "now() - 7d"];
const AGGREGATES = ["min", "max", "first", "mean", "count"];
const OPTIONS_MAX = 12;

export function completions(text: string, place: number, columns: readonly RunColumn[]): { from: number; options: string[] } {
  const before = text.slice(0, place);
  const word = /[\w./`-]*$/.exec(before)?.[0] ?? "";
  const from = place - word.length;
  const inString = (before.match(/'/g)?.length ?? 0) % 2 === 1;
  if (!word || inString) {
    return /status\s*(=|!=)\s*'\w*$/i.test(before) ? statuses(before) : { from, options: [] };
  }
  const names = columns.map((column) => identifier(column.kind ?? "", column.key ?? ""));
  const metrics = names.filter((name) => name.startsWith("metrics."));
  const all = [...ATTRIBUTES, ...names, ...WORDS, ...AGGREGATES.flatMap((f) => metrics.slice(0, 200).map((m) => `${f}(${m})`))];
  const wanted = word.toLowerCase().replaceAll("`", "");
  const rank = (option: string) => {
    const own = option.toLowerCase().replaceAll("`", "");
    if (own.startsWith(wanted)) return 0;
    return own.includes(wanted) ? 1 : 2;
  };
  const options = all
    .map((option) => [rank(option), option] as const)
    .filter(([r, option]) => r < 2 && option !== word)
    .sort((a, b) => a[0] - b[0] || a[1].length - b[1].length)
    .slice(0, OPTIONS_MAX)
    .map(([, option]) => option);
  return { from, options };
}

function statuses(before: string): { from: number; options: string[] } {
  const word = /\w*$/.exec(before)?.[0] ?? "";
  const all = ["RUNNING", "FINISHED", "FAILED", "KILLED", "SCHEDULED"];
  return { from: before.length - word.length, options: all.filter((one) => one.startsWith(word.toUpperCase())).map((o) => `${o}'`) };
}
