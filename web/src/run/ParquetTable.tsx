// A Parquet file in pages of rows; only the bytes of the rows on the page are read.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { decompress as decompressZstd } from "fzstd";
import { parquetMetadataAsync, parquetReadObjects, type AsyncBuffer, type Compressors } from "hyparquet";
import { decompressBrotli } from "hyparquet-compressors/src/brotli.js";
import { gunzip } from "hyparquet-compressors/src/gzip.js";
import { decompressLz4, decompressLz4Raw } from "hyparquet-compressors/src/lz4.js";
import { useState } from "react";
import { bytes, count } from "../format";
import { Fault } from "../widgets/basics";

const ROWS = 200;
const CELL_CHARS = 500;
const COLUMNS_MAX = 200;
// Snappy is the reader's own; the others are plain JavaScript, as the page's policy asks for.
const COMPRESSORS: Compressors = {
  GZIP: (input, length) => gunzip(input, new Uint8Array(length)), ZSTD: (input) => decompressZstd(input), BROTLI: decompressBrotli,
  LZ4: decompressLz4, LZ4_RAW: decompressLz4Raw,
};

export default function ParquetTable({ address, size }: { address: string; size: number }) {
  const [from, setFrom] = useState(0);
  const { data, error, isFetching } = useQuery({
    queryKey: ["parquet", address, size, from], staleTime: Infinity, placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const file = ranged(address, size, signal);
      const metadata = await parquetMetadataAsync(file);
      const total = Number(metadata.num_rows);
      const rows = await parquetReadObjects({ file, metadata, compressors: COMPRESSORS, rowStart: from, rowEnd: Math.min(total, from + ROWS) });
      const columns = [...new Set(metadata.schema[0]?.num_children ? Object.keys(rows[0] ?? {}) : [])];
      return { total, rows, columns };
    },
  });
  if (error) return <Fault error={error} />;
  if (!data) return <p className="muted">Loading …</p>;
  const { total, rows, columns } = data;
  return (
    <>
      <div className="row"><button className="button" disabled={!from} onClick={() => setFrom(Math.max(0, from - ROWS))}>Before</button>
        <button className="button" disabled={from + ROWS >= total} onClick={() => setFrom(from + ROWS)}>After</button>
        <span className="muted" aria-live="polite">rows {count(total && from + 1)} to {count(Math.min(total, from + ROWS))} of {count(total)}, {bytes(size)}{isFetching ? " …" : ""}</span></div>
      {columns.length > COLUMNS_MAX && <p className="muted">The first {COLUMNS_MAX} of {count(columns.length)} columns.</p>}
      <div className="scroll-x" tabIndex={0} role="region" aria-label="Table"><table className="list">
        <thead><tr>{columns.slice(0, COLUMNS_MAX).map((one) => <th key={one}>{one}</th>)}</tr></thead>
        <tbody>{rows.map((row, at) => <tr key={from + at}>{columns.slice(0, COLUMNS_MAX).map((one) => <td key={one}>{told(row[one])}</td>)}</tr>)}</tbody>
      </table></div>
    </>
  );
}

function ranged(address: string, size: number, signal: AbortSignal): AsyncBuffer {
  return {
    byteLength: size,
    async slice(start, end = size) {
      const response = await fetch(address, { headers: { range: `bytes=${start}-${end - 1}` }, signal });
      if (!response.ok) throw new Error((await response.text()).slice(0, 500));
      return response.arrayBuffer();
    },
  };
}

function told(cell: unknown): string {
  if (cell === null || cell === undefined) return "–";
  if (cell instanceof Date) return cell.toISOString();
  if (cell instanceof Uint8Array) return `${bytes(cell.length)}`;
  if (typeof cell === "object") return JSON.stringify(cell, (_, one: unknown) => (typeof one === "bigint" ? String(one) : one)).slice(0, CELL_CHARS);
  return String(cell).slice(0, CELL_CHARS);
}
