// A chart as a table, which is its legend too: each line's colour and dash, its numbers, and how many
// of its points no line can show. Must not draw.

import { number, count } from "../format";
import { theme, useStore } from "../stores/store";
import { colorOf, dashOf } from "./colors";
import { marksOf, summaryOf, type Line } from "./series";

/** A line's colour and dash as it is drawn. */
export function Swatch({ color }: { color: number | undefined }) {
  useStore(theme);
  if (color === undefined) return <span className="swatch" />;
  return (
    <svg className="swatch line" width={18} height={10} aria-hidden="true">
      <line x1={0} x2={18} y1={5} y2={5} stroke={colorOf(color)} strokeWidth={3} strokeDasharray={dashOf(color).join(" ")} />
    </svg>
  );
}

export function Numbers({ lines, metric, range }: { lines: readonly Line[]; metric: string; range: readonly [number, number] }) {
  return (
    <div className="numbers" tabIndex={0} role="region" aria-label={`Numbers of ${metric}`}>
      <table className="list">
        <thead><tr><th>Line</th><th className="num">Last</th><th className="num">Min</th><th className="num">Max</th><th className="num">Points</th><th>Marked</th></tr></thead>
        <tbody>{lines.map((line) => {
          const { last, least, greatest } = summaryOf(line);
          return (
            <tr key={line.runId}>
              <td><span className="row"><Swatch color={line.color} /><span className="clip">{line.label}</span></span></td>
              <td className="num">{number(last)}</td><td className="num">{number(least)}</td><td className="num">{number(greatest)}</td>
              <td className="num">{count(line.count)}</td><td>{marksText(line, range)}</td>
            </tr>
          );
        })}</tbody>
      </table>
    </div>
  );
}

/** What of a line is marked at the edges: crosses, filled triangles, open triangles. */
export function marksText(line: Line, range: readonly [number, number]): string {
  const { nan, up, down, above, below } = marksOf(line, range);
  const told: [number, string][] = [[nan, "NaN"], [up, "+∞"], [down, "−∞"], [above, "above"], [below, "below"]];
  const some = told.filter(([n]) => n > 0).map(([n, what]) => `${count(n)} ${what}`);
  return some.length ? some.join(", ") + (line.isSampled ? " or more" : "") : "–";
}
