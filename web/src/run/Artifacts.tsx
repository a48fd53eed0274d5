// The artifacts of a run: folders, galleries of images, and the preview of one file.

import { queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { read } from "../api/client";
import type { ListArtifactsResponse } from "../api/generated";
import { bytes } from "../format";
import { api } from "../paths";
import { Fault } from "../widgets/basics";
import { folderOf, kindOf, nameOf, picturesOf, type ArtifactFile } from "./files";
import { Pictures } from "./Pictures";
import { Preview, UNASKED_BYTES_MAX } from "./Preview";

export function artifactsQuery(runId: string, folder: string) {
  return queryOptions({
    queryKey: ["artifacts", runId, folder],
    queryFn: async ({ signal }) => {
      const query: Record<string, string> = { run_id: runId, ...(folder ? { path: folder } : {}) };
      const found = await read<ListArtifactsResponse>(api.stock("artifacts/list"), query, signal);
      return ((found.files ?? []) as ArtifactFile[]).sort((a, b) => Number(b.is_dir ?? false) - Number(a.is_dir ?? false) || a.path.localeCompare(b.path, "en", { numeric: true }));
    },
  });
}

export function useArtifacts(runId: string, folder: string) {
  return useQuery(artifactsQuery(runId, folder));
}

export function Artifacts({ runId, path, onPath }: { runId: string; path: string; onPath: (path: string) => void }) {
  const folder = folderOf(path);
  const { data, error, refetch } = useArtifacts(runId, folder);
  const file = data?.find((one) => one.path === path && !one.is_dir);
  const isFolder = !!data?.some((one) => one.path === path && one.is_dir);
  useEffect(() => { if (isFolder) onPath(`${path}/`); }, [isFolder, path]);
  const images = (data ?? []).filter((one) => !one.is_dir && kindOf(one.path) === "image");
  const step = (by: number) => {
    const at = images.findIndex((one) => one.path === path);
    const next = images[at + by];
    if (at >= 0 && next) onPath(next.path);
  };
  const pictures = useMemo(() => picturesOf((data ?? []).map((one) => one.path)), [data]);
  if (error) return <Fault error={error} retry={() => void refetch()} />;
  return (
    <section className="card artifacts" aria-label="Artifacts" onKeyDown={(event) => {
      if (event.target instanceof HTMLInputElement || !file) return;
      if (event.key === "ArrowRight") step(1);
      if (event.key === "ArrowLeft") step(-1);
    }}>
      <div className="files">
        <FolderHead folder={folder} onPath={onPath} />
        {(data ?? []).map((one) => (
          <button key={one.path} className="file" aria-current={one.path === path} title={one.path} onClick={() => onPath(one.is_dir ? `${one.path}/` : one.path)}>
            <span className="clip">{one.is_dir ? "▸ " : ""}{nameOf(one)}</span>
            <span className="muted">{one.is_dir ? "" : bytes(Number(one.file_size ?? 0))}</span>
          </button>
        ))}
        {data?.length === 0 && <div className="empty">No artifacts here.</div>}
      </div>
      <div className="preview">
        {file ? <Preview key={file.path} runId={runId} file={file} images={images.length} onStep={step} />
          : pictures.size > 0 ? <Pictures runId={runId} pictures={pictures} />
          : images.length > 1 ? <Gallery runId={runId} images={images} onPath={onPath} />
          : <div className="empty">Choose a file to see it.</div>}
      </div>
    </section>
  );
}

export function FolderHead({ folder, onPath }: { folder: string; onPath: (path: string) => void }) {
  const up = folder.split("/").slice(0, -1).join("/");
  return <div className="row" style={{ padding: "4px 8px" }}><span className="mono grow clip" title={folder}>/{folder}</span>
    {folder && <button className="button ghost" onClick={() => onPath(up && `${up}/`)}>Up</button>}</div>;
}

function Gallery({ runId, images, onPath }: { runId: string; images: readonly ArtifactFile[]; onPath: (path: string) => void }) {
  return (
    <div className="charts" style={{ gridTemplateColumns: "repeat(auto-fill, minmax(140px, 1fr))", padding: 0 }}>
      {images.slice(0, 100).map((one) => (
        <button key={one.path} className="file stack" onClick={() => onPath(one.path)}>
          {Number(one.file_size ?? 0) <= UNASKED_BYTES_MAX && <img loading="lazy" src={api.artifact(runId, one.path)} alt={one.path} />}
          <span className="clip muted">{one.path.split("/").at(-1)}</span>
        </button>
      ))}
    </div>
  );
}
