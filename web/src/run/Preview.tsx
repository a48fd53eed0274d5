// What an artifact shows, by what it is. Nothing large is read unasked, and nothing in an artifact runs:
// HTML is shown in a frame without scripts or our origin.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useState } from "react";
import { bytes } from "../format";
import { api } from "../paths";
import { Fault } from "../widgets/basics";
import { Markdown } from "../widgets/markdown";
import { kindOf, parseCsv, wholeLines, type ArtifactFile, type FileKind } from "./files";

// Its own file: who looks at no Parquet loads no reader.
const ParquetTable = lazy(() => import("./ParquetTable"));

export const UNASKED_BYTES_MAX = 5_000_000;
const TEXT_BYTES = 512_000;
const LINE_BYTES = 64_000;
const CSV_ROWS = 200;

/** A file's name, ways to get it, and what it shows. */
export function Preview({ runId, file, images, onStep }: { runId: string; file: ArtifactFile; images: number; onStep?: (by: number) => void }) {
  const [isAsked, setAsked] = useState(Number(file.file_size ?? 0) <= UNASKED_BYTES_MAX);
  const address = api.artifact(runId, file.path);
  const kind = kindOf(file.path);
  const canPart = kind === "text" || kind === "csv" || kind === "json" || kind === "parquet" || kind === "other";
  return (
    <div className="stack">
      <div className="row wrap">
        <h2 className="grow clip" title={file.path}>{file.path}</h2>
        {kind === "image" && images > 1 && <><button className="button" aria-label="Previous image" onClick={() => onStep?.(-1)}>←</button><button className="button" aria-label="Next image" onClick={() => onStep?.(1)}>→</button></>}
        <a className="button" href={address} download={file.path.split("/").at(-1)}>Download</a>
      </div>
      {!isAsked && !canPart ? <button className="button" onClick={() => setAsked(true)}>Show all {bytes(Number(file.file_size ?? 0))}</button> : <Body kind={kind} address={address} file={file} />}
    </div>
  );
}

function Body({ kind, address, file }: { kind: FileKind; address: string; file: ArtifactFile }) {
  if (kind === "image") return <img src={address} alt={file.path} />;
  if (kind === "video") return <video src={address} controls aria-label={file.path} />;
  if (kind === "audio") return <audio src={address} controls aria-label={file.path} />;
  if (kind === "pdf") return <Whole address={address} />;
  if (kind === "parquet") return <Suspense fallback={<p className="muted">Loading …</p>}><ParquetTable address={address} size={Number(file.file_size ?? 0)} /></Suspense>;
  return <TextBody kind={kind} address={address} size={Number(file.file_size ?? 0)} />;
}

function Whole({ address }: { address: string }) {
  const { data, error } = useQuery({
    queryKey: ["file", address], staleTime: 30_000,
    queryFn: async ({ signal }) => (await fetched(address, {}, signal)).blob(),
  });
  if (error) return <Fault error={error} />;
  return data ? <Pdf blob={data} /> : <p className="muted">Loading …</p>;
}

/** A text in parts of whole lines, each read when it is asked for. */
function TextBody({ kind, address, size }: { kind: FileKind; address: string; size: number }) {
  const [part, setPart] = useState(0);
  const { data, error, isFetching } = useQuery({
    queryKey: ["part", address, part], staleTime: 30_000, placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => new Uint8Array(await (await fetched(address, rangeOf(part), signal)).arrayBuffer()),
  });
  const head = useQuery({
    queryKey: ["part", address, 0], staleTime: 30_000, enabled: kind === "csv" && part > 0,
    queryFn: async ({ signal }) => new Uint8Array(await (await fetched(address, rangeOf(0), signal)).arrayBuffer()),
  });
  if (error) return <Fault error={error} />;
  if (!data) return <p className="muted">Loading …</p>;
  const text = new TextDecoder().decode(wholeLines(data, part === 0, part === 0 ? TEXT_BYTES - 1 : TEXT_BYTES));
  const parts = Math.ceil(size / TEXT_BYTES);
  const names = head.data && new TextDecoder().decode(head.data.subarray(0, head.data.indexOf(10) + 1));
  return (
    <>
      {parts > 1 && <div className="row"><button className="button" disabled={!part} onClick={() => setPart(part - 1)}>Part before</button>
        <button className="button" disabled={part + 1 >= parts} onClick={() => setPart(part + 1)}>Next part</button>
        <span className="muted" aria-live="polite">part {part + 1} of {parts}, of {bytes(size)}{isFetching ? " …" : ""}</span></div>}
      <Text key={part} text={part > 0 && names ? names + text : text} kind={kind} isPart={parts > 1} />
    </>
  );
}

/** One byte before a later part tells whether it begins a line; some more end the last line. */
function rangeOf(part: number): HeadersInit {
  const start = Math.max(0, part * TEXT_BYTES - 1);
  return { range: `bytes=${start}-${(part + 1) * TEXT_BYTES + LINE_BYTES}` };
}

async function fetched(address: string, headers: HeadersInit, signal: AbortSignal): Promise<Response> {
  const response = await fetch(address, { headers, signal });
  if (!response.ok) throw new Error((await response.text()).slice(0, 500));
  return response;
}

function Pdf({ blob }: { blob: Blob }) {
  const [source, setSource] = useState("");
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([blob], { type: "application/pdf" }));
    setSource(made);
    return () => URL.revokeObjectURL(made);
  }, [blob]);
  return source ? <iframe title="PDF" src={source} /> : null;
}

function Text({ text, kind, isPart }: { text: string; kind: FileKind; isPart: boolean }) {
  if (text.slice(0, 2_000).includes("\0")) return <p className="muted">This is no text. Download it to open it.</p>;
  if (kind === "html")
    // sandbox without allow-scripts and allow-same-origin; the policy inside forbids all loading.
    return <iframe title="HTML preview" sandbox="" srcDoc={`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">${text}`} />;
  if (kind === "markdown") return <Markdown text={text} />;
  if (kind === "csv") return <Csv text={text} />;
  return <pre className="code">{kind === "json" && !isPart ? pretty(text) : text}</pre>;
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

function Csv({ text }: { text: string }) {
  const [from, setFrom] = useState(0);
  const rows = parseCsv(text);
  const [head = [], ...rest] = rows;
  return (
    <>
      <div className="scroll-x" tabIndex={0} role="region" aria-label="Table"><table className="list"><thead><tr>{head.map((one, at) => <th key={at}>{one}</th>)}</tr></thead>
        <tbody>{rest.slice(from, from + CSV_ROWS).map((row, at) => <tr key={at}>{row.map((cell, i) => <td key={i}>{cell}</td>)}</tr>)}</tbody></table></div>
      {rest.length > CSV_ROWS && <div className="row"><button className="button" disabled={!from} onClick={() => setFrom(from - CSV_ROWS)}>Before</button>
        <button className="button" disabled={from + CSV_ROWS >= rest.length} onClick={() => setFrom(from + CSV_ROWS)}>After</button><span className="muted">rows {from + 1} to {Math.min(rest.length, from + CSV_ROWS)} of {rest.length}</span></div>}
    </>
  );
}
