// Groups of runs with the server's exact statistics.

import { useGroups } from "../api/queries";
import { double } from "../api/client";
import { count, number, span } from "../format";
import { pages } from "../paths";
import { Fault } from "../widgets/basics";
import { columnOf, term, title, type Column } from "./rows";

/** The groups of a search, with statistics of the numbers among the columns. */
export function useGroupsOf(experimentId: string | null, filter: string, view: string, by: readonly string[], columns: readonly Column[]) {
  const fields = by.map((id) => columnOf(id)).filter((one): one is Column => one !== null);
  const numbers = columns.filter((one) => one.kind === "metric" || one.key === "duration");
  return { fields, numbers, ...useGroups(experimentId, filter, fields.map(term), numbers.map(term), view) };
}

/** A spread is known to two digits, not more. */
const rounded = (value: number | string | undefined) => Number(double(value).toPrecision(2));

export function GroupTable({ found: { fields, numbers, data, error, refetch } }: { found: ReturnType<typeof useGroupsOf> }) {
  const told = (column: Column | undefined, value: number | string | undefined) => (column?.key === "duration" ? span(double(value)) : number(double(value)));
  if (error) return <div style={{ padding: 14 }}><Fault error={error} retry={() => void refetch()} /></div>;
  if (!data) return <div className="empty">Loading …</div>;
  const groups = data.groups ?? [];
  return (
    <div className="scroll-x grow" style={{ overflow: "auto", background: "var(--surface)" }} tabIndex={0} role="region" aria-label="Groups">
      <table className="list" aria-label="Groups">
        <thead><tr>{fields.map((one) => <th key={one.id}>{title(one)}</th>)}<th className="num">Runs</th>
          {numbers.map((one) => <th key={one.id} className="num">{title(one)}</th>)}<th><span className="hidden-text">Compare</span></th></tr></thead>
        <tbody>{groups.map((group) => (
          <tr key={JSON.stringify(group.values)}>
            {(group.values ?? []).map((value, at) => <td key={at}>{group.absent?.[at] ? <span className="muted">–</span> : value}</td>)}
            <td className="num">{count(group.run_count)}</td>
            {(group.statistics ?? []).map((one, at) => (
              <td key={at} className="num" title={one.n ? `n=${one.n}, min ${told(numbers[at], one.min)}, max ${told(numbers[at], one.max)}` : "no values"}>
                {one.n ? <>{told(numbers[at], one.mean)}{one.std !== undefined && <span className="muted"> ± {told(numbers[at], rounded(one.std))}</span>}
                  <div className="muted">{told(numbers[at], one.min)} – {told(numbers[at], one.max)}{one.n !== group.run_count ? ` · n=${one.n}` : ""}</div></> : <span className="muted">–</span>}
              </td>
            ))}
            <td className="num"><a href={pages.compare((group.run_ids ?? []).slice(0, 200))}>Compare</a></td>
          </tr>
        ))}</tbody>
      </table>
      <p className="muted" style={{ padding: 10 }}>{count(data.group_count)} groups of {count(data.run_count)} runs. ± is the sample standard deviation (n − 1).</p>
    </div>
  );
}
