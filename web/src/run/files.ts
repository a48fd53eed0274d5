// What a file is by its name, and CSV. Pure.

export type FileKind = "image" | "video" | "audio" | "html" | "markdown" | "json" | "csv" | "pdf" | "text" | "other";

const KINDS: [FileKind, RegExp][] = [
  ["image", /\.(png|jpe?g|gif|webp|bmp|svg)$/i],
  ["video", /\.(mp4|webm|mov)$/i],
  ["audio", /\.(wav|mp3|ogg|flac|m4a)$/i],
  ["html", /\.html?$/i],
  ["markdown", /\.(md|markdown)$/i],
  ["json", /\.(json|geojson)$/i],
  ["csv", /\.(csv|tsv)$/i],
  ["pdf", /\.pdf$/i],
  ["text", /\.(txt|log|ya?ml|toml|py|js|ts|sh|cfg|ini|xml|sql|r|ipynb|jsonl)$/i],
];

export function kindOf(path: string): FileKind {
  return KINDS.find(([, pattern]) => pattern.test(path))?.[0] ?? "other";
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
