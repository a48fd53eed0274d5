// Map.groupBy, for browsers of before 2024. Pure.

export function groupedBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const out = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = out.get(key);
    if (group) group.push(item);
    else out.set(key, [item]);
  }
  return out;
}

/** The list with one of its members a place earlier. */
export function earlier<T>(list: readonly T[], one: T): T[] {
  const at = list.indexOf(one);
  const before = list[at - 1];
  return at < 1 || before === undefined ? [...list] : [...list.slice(0, at - 1), one, before, ...list.slice(at + 1)];
}
