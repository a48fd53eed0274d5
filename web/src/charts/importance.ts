// How strongly a parameter goes together with a target: Spearman's rank correlation for numbers,
// the correlation ratio (eta) for texts. Pure.

import { groupedBy } from "../grouped";
import type { Column, Row } from "../table/rows";

export interface Importance { key: string; strength: number; direction: number | null; n: number }
const RUNS_MIN = 3;
const TEXTS_MAX = 50;

export function numeric(cell: string | number | undefined): number {
  if (typeof cell === "number") return cell;
  return cell === undefined || cell.trim() === "" ? NaN : Number(cell);
}

export function ranks(values: readonly number[]): number[] {
  const order = values.map((value, at) => [value, at] as const).sort((a, b) => a[0] - b[0]);
  const out = new Array<number>(values.length).fill(0);
  for (let i = 0; i < order.length; ) {
    let j = i;
    while (j + 1 < order.length && order[j + 1]?.[0] === order[i]?.[0]) j++;
    for (let k = i; k <= j; k++) out[order[k]?.[1] ?? 0] = (i + j) / 2;
    i = j + 1;
  }
  return out;
}

export function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    const [da, db] = [value - ma, (b[i] ?? 0) - mb];
    ab += da * db;
    aa += da * da;
    bb += db * db;
  });
  return aa && bb ? ab / Math.sqrt(aa * bb) : 0;
}

/** How much of the target's spread lies between the texts: 0 none, 1 all. */
export function ratio(texts: readonly string[], target: readonly number[]): number {
  const mean = target.reduce((sum, value) => sum + value, 0) / target.length;
  const groups = groupedBy(target.map((value, i) => [texts[i] ?? "", value] as const), ([text]) => text);
  let between = 0;
  for (const members of groups.values()) {
    const own = members.reduce((sum, [, value]) => sum + value, 0) / members.length;
    between += members.length * (own - mean) ** 2;
  }
  const whole = target.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return whole ? Math.sqrt(between / whole) : 0;
}

export function importanceOf(rows: readonly Row[], columns: readonly Column[], targetAt: number): Importance[] {
  const out: Importance[] = [];
  columns.forEach((column, at) => {
    if (column.kind !== "param") return;
    const filled = rows.filter((row) => row.cells[at] !== undefined && Number.isFinite(numeric(row.cells[targetAt])));
    const target = filled.map((row) => numeric(row.cells[targetAt]));
    const values = filled.map((row) => numeric(row.cells[at]));
    const texts = filled.map((row) => String(row.cells[at]));
    if (filled.length < RUNS_MIN || new Set(texts).size < 2) return;
    if (values.every(Number.isFinite)) {
      const direction = correlation(ranks(values), ranks(target));
      out.push({ key: column.key, strength: Math.abs(direction), direction, n: filled.length });
    } else if (new Set(texts).size <= Math.min(TEXTS_MAX, filled.length - 1)) {
      out.push({ key: column.key, strength: ratio(texts, ranks(target)), direction: null, n: filled.length });
    }
  });
  return out.sort((a, b) => b.strength - a.strength);
}
