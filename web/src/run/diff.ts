// The difference of two texts by words: the longest common subsequence, on a bounded table. Pure.

export interface Part { kind: "same" | "added" | "removed"; text: string }
const WORDS_MAX = 2_000;

export function diffWords(before: string, after: string): Part[] {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  if (a.length > WORDS_MAX || b.length > WORDS_MAX) return [{ kind: "removed", text: before }, { kind: "added", text: after }];
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const row = lengths[i];
      if (row) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  const out: Part[] = [];
  const add = (kind: Part["kind"], text: string) => {
    const last = out.at(-1);
    if (last?.kind === kind) last.text += text;
    else out.push({ kind, text });
  };
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      add("same", a[i++] ?? "");
      j++;
    } else if (i < a.length && (j >= b.length || at(i + 1, j) >= at(i, j + 1))) add("removed", a[i++] ?? "");
    else add("added", b[j++] ?? "");
  }
  return out;
}

function wordsOf(text: string): string[] {
  return text.match(/\s+|[\w.]+|[^\w\s]/g) ?? [];
}
