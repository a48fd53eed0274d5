// What a file is by its name, and CSV. Pure.

export type FileKind = "image" | "video" | "audio" | "html" | "markdown" | "json" | "csv" | "parquet" | "pdf" | "text" | "other";

const KINDS: [FileKind, RegExp][] = [
  ["image", /\.(png|jpe?g|gif|webp|bmp|svg)$/i],
  ["video", /\.(mp4|webm|mov)$/i],
  ["audio", /\.(wav|mp3|ogg|flac|m4a)$/i],
  ["html", /\.html?$/i],
  ["markdown", /\.(md|markdown)$/i],
  ["json", /\.(json|geojson)$/i],
  ["csv", /\.(csv|tsv)$/i],
  ["parquet", /\.(parquet|pq)$/i],
  ["pdf", /\.pdf$/i],
  ["text", /\.(txt|log|ya?ml|toml|py|js|ts|sh|cfg|ini|xml|sql|r|ipynb|jsonl)$/i],
];

export function kindOf(path: string): FileKind {
  return KINDS.find(([, pattern]) => pattern.test(path))?.[0] ?? "other";
}

export interface ArtifactFile { path: string; is_dir: boolean; file_size?: number }

/** The folder that an address shows: itself, ending in a slash, or where its file is. */
export function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

/** A file's name as a list shows it; of a logged image its key and step. */
export function nameOf(file: ArtifactFile): string {
  const [, key, step, , , isSmall] = PICTURE.exec(file.path) ?? [];
  if (key) return `${key.replace(/[~#]/g, "/")} · step ${step}${isSmall ? " · small" : ""}`;
  return `${file.path.split("/").at(-1)}${file.is_dir ? "/" : ""}`;
}

export function parseCsv(text: string): string[][] {
  const separator = (text.split("\n", 1)[0] ?? "").includes("\t") ? "\t" : ",";
  const rows: string[][] = [[]];
  let cell = "";
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i] ?? "";
    if (isQuoted) {
      if (sign === '"' && text[i + 1] === '"') cell += text[++i];
      else if (sign === '"') isQuoted = false;
      else cell += sign;
    } else if (sign === '"' && cell === "") isQuoted = true;
    else if (sign === separator || sign === "\n") {
      rows.at(-1)?.push(cell.replace(/\r$/, ""));
      cell = "";
      if (sign === "\n") rows.push([]);
    } else cell += sign;
  }
  if (cell || rows.at(-1)?.length) rows.at(-1)?.push(cell);
  return rows.filter((row) => row.length > 0);
}

/** The bytes of a part of a text: from one line's start to another's, so that no line is in two parts or none. */
export function wholeLines(bytes: Uint8Array, isFirst: boolean, length: number): Uint8Array {
  const newline = 10;
  const start = isFirst ? 0 : bytes.indexOf(newline) + 1;
  const end = bytes.length <= length ? bytes.length : bytes.indexOf(newline, length) + 1 || bytes.length;
  return bytes.subarray(start, Math.max(start, end));
}

/** An image that was logged under a key at a step, by its name in `images/`. */
export interface Picture { path: string; key: string; step: number; timestamp: number; small: string | null }

const PICTURE = /^images\/(.+?)[+%]step[+%](-?\d+)[+%]timestamp[+%](\d+)[+%]([^+%.]+)([+%]compressed)?\.\w+$/;

/** The pictures among files, by key and step; the small copy of each stands beside it. */
export function picturesOf(paths: readonly string[]): Map<string, Picture[]> {
  const small = new Map<string, string>();
  const found: Picture[] = [];
  for (const path of paths) {
    const [, key = "", step, timestamp, id = "", isSmall] = PICTURE.exec(path) ?? [];
    if (isSmall) small.set(id, path);
    else if (key) found.push({ path, key: key.replace(/[~#]/g, "/"), step: Number(step), timestamp: Number(timestamp), small: id });
  }
  const byKey = new Map<string, Picture[]>();
  for (const one of found.sort((a, b) => a.step - b.step || a.timestamp - b.timestamp)) {
    const kept = { ...one, small: small.get(one.small ?? "") ?? null };
    byKey.set(one.key, [...(byKey.get(one.key) ?? []), kept]);
  }
  return new Map([...byKey].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })));
}
