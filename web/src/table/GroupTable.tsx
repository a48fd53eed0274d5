// Groups of runs with the server's exact statistics.

import { useGroups } from "../api/queries";
import { double } from "../api/client";
import { count, number } from "../format";
import { pages } from "../paths";
import { Fault } from "../widgets/basics";
import { columnOf, term, title, type Column } from "./rows";

export function GroupTable({ experimentId, filter, view, by, columns }: {
  experimentId: string | null; filter: string; view: string; by: string[]; columns: readonly Column[];
}) {
  const fields = by.map((id) => columnOf(id)).filter((one): one is Column => one !== null);
  const numbers = columns.filter((one) => one.kind === "metric" || one.key === "duration");
  const { data, error, refetch } = useGroups(experimentId, filter, fields.map(term), numbers.map(term), view);
  if (error) return <div style={{ padding: 14 }}><Fault error={error} retry={() => void refetch()} /></div>;
  const groups = data?.groups ?? [];
  return (
    <div className="scroll-x grow" style={{ overflow: "auto" }} tabIndex={0} role="region" aria-label="Groups">
      <table className="list" aria-label="Groups">
        <thead><tr>{fields.map((one) => <th key={one.id}>{title(one)}</th>)}<th className="num">Runs</th>
          {numbers.map((one) => <th key={one.id} className="num">{title(one)}</th>)}<th><span className="hidden-text">Compare</span></th></tr></thead>
        <tbody>{groups.map((group) => (
          <tr key={JSON.stringify(group.values)}>
            {(group.values ?? []).map((value, at) => <td key={at}>{group.absent?.[at] ? <span className="muted">–</span> : value}</td>)}
            <td className="num">{count(group.run_count)}</td>
            {(group.statistics ?? []).map((one, at) => (
              <td key={at} className="num" title={one.n ? `n=${one.n}, min ${number(double(one.min))}, max ${number(double(one.max))}` : "no values"}>
                {one.n ? <>{number(double(one.mean))}{one.std !== undefined && <span className="muted"> ± {number(double(one.std))}</span>}
                  <div className="muted">{number(double(one.min))} – {number(double(one.max))}{one.n !== group.run_count ? ` · n=${one.n}` : ""}</div></> : <span className="muted">–</span>}
              </td>
            ))}
            <td className="num"><a href={pages.compare((group.run_ids ?? []).slice(0, 200))}>Compare</a></td>
          </tr>
        ))}</tbody>
      </table>
      <p className="muted" style={{ padding: 10 }}>{count(data?.group_count)} groups of {count(data?.run_count)} runs. ± is the sample standard deviation (n − 1).</p>
    </div>
  );
}
