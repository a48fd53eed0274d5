// What a run prints, as it prints it: the end of its console's artifact, read on as it grows.

import { useEffect, useMemo, useRef, useState } from "react";
import { bytes } from "../format";
import { onScreen } from "./screen";
import { api } from "../paths";

export const CONSOLE = "milepost/console.log";
const TAIL_BYTES = 256_000;
const POLL_MS = 1_000;

export function Console({ runId, isRunning }: { runId: string; isRunning: boolean }) {
  const [text, setText] = useState("");
  const [size, setSize] = useState(0);
  const [fault, setFault] = useState("");
  const [isFollowing, setFollowing] = useState(true);
  const box = useRef<HTMLPreElement>(null);
  useEffect(() => {
    const stop = new AbortController();
    let at = -1;
    let decoder = new TextDecoder();
    const read = async () => {
      // With a byte that is known, so that there is always something to answer.
      const range = at < 1 ? `bytes=-${TAIL_BYTES}` : `bytes=${at - 1}-`;
      const response = await fetch(api.artifact(runId, CONSOLE), { headers: { range }, signal: stop.signal, cache: "no-store" });
      if (response.status === 416) return;
      if (!response.ok) throw new Error(response.status === 404 ? "Nothing was printed yet." : (await response.text()).slice(0, 500));
      const total = Number(/\/(\d+)$/.exec(response.headers.get("content-range") ?? "")?.[1] ?? 0);
      const piece = new Uint8Array(await response.arrayBuffer());
      const isWhole = at < 1 || response.status === 200;
      if (isWhole) decoder = new TextDecoder();
      at = total || piece.length;
      const more = decoder.decode(isWhole ? piece : piece.subarray(1), { stream: true });
      setSize(at);
      if (more || isWhole) setText((before) => (isWhole ? more : before + more).slice(-TAIL_BYTES));
      setFault("");
    };
    let timer = 0;
    const go = () => void read().catch((problem: unknown) => setFault(problem instanceof Error ? problem.message : String(problem))).finally(() => {
      if (isRunning && !stop.signal.aborted) timer = window.setTimeout(document.hidden ? wait : go, POLL_MS);
    });
    const wait = () => { timer = window.setTimeout(document.hidden ? wait : go, POLL_MS); };
    go();
    return () => { stop.abort(); clearTimeout(timer); };
  }, [runId, isRunning]);
  const shown = useMemo(() => onScreen(text), [text]);
  useEffect(() => { if (isFollowing && box.current) box.current.scrollTop = box.current.scrollHeight; }, [shown, isFollowing]);
  return (
    <section className="card console" aria-label="Console">
      <header><h2 className="grow">Console</h2>
        {size > TAIL_BYTES && <span className="muted">the last {bytes(TAIL_BYTES)} of {bytes(size)}</span>}
        <label className="check"><input type="checkbox" checked={isFollowing} onChange={() => setFollowing(!isFollowing)} />Follow</label>
        <a className="button" href={api.artifact(runId, CONSOLE)} download="console.log">Download</a></header>
      {fault && <p className="muted body">{fault}</p>}
      <pre ref={box} className="code" tabIndex={0} role="log" aria-label="Output"
        onScroll={({ currentTarget: at }) => setFollowing(at.scrollHeight - at.scrollTop - at.clientHeight < 24)}>{shown}</pre>
    </section>
  );
}
