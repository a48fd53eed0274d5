// Markdown to elements, never to HTML text: headings, lists, tables, code, quotes, emphasis, links. Tags in
// the source stay text.

import { Fragment, type ReactNode } from "react";

export function Markdown({ text }: { text: string }) {
  return <div className="markdown">{blocksOf(text.slice(0, 200_000))}</div>;
}

function blocksOf(text: string): ReactNode[] {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const out: ReactNode[] = [];
  let i = 0;
  const taken = (test: (line: string) => boolean): string[] => {
    const from = i;
    while (i < lines.length && test(lines[i] ?? "")) i++;
    return lines.slice(from, i);
  };
  while (i < lines.length) {
    const line = lines[i] ?? "";
    const key = i;
    const heading = /^(#{1,6})\s+(.*)/.exec(line);
    if (!line.trim()) i++;
    else if (line.startsWith("```")) {
      i++;
      const code = taken((one) => !one.startsWith("```"));
      i++;
      out.push(<pre key={key}><code>{code.join("\n")}</code></pre>);
    } else if (heading) {
      i++;
      out.push((heading[1]?.length ?? 1) < 3 ? <h2 key={key}>{inline(heading[2] ?? "")}</h2> : <h3 key={key}>{inline(heading[2] ?? "")}</h3>);
    } else if (ITEM.test(line)) {
      out.push(<Fragment key={key}>{listOf(taken((one) => ITEM.test(one)))}</Fragment>);
    } else if (line.trim().startsWith("|") && /^[\s|:-]*-[\s|:-]*$/.test(lines[i + 1] ?? "")) {
      out.push(<Fragment key={key}>{tableOf(taken((one) => one.trim().startsWith("|")))}</Fragment>);
    } else if (line.startsWith(">")) {
      const quoted = taken((one) => one.startsWith(">"));
      out.push(<blockquote key={key} className="muted">{inline(quoted.map((one) => one.slice(1).trim()).join(" "))}</blockquote>);
    } else {
      const paragraph = [line];
      i++;
      paragraph.push(...taken((one) => one.trim() !== "" && !/^(#|```|>|\s*\||\s*[-*+]\s|\s*\d+[.)]\s)/.test(one)));
      out.push(<p key={key}>{inline(paragraph.join(" "))}</p>);
    }
  }
  return out;
}

const ITEM = /^(\s*)([-*+]|\d+[.)])\s+/;

/** Items by how far they are indented; what stands further in belongs to the item before. */
function listOf(items: readonly string[]): ReactNode {
  const indent = (item: string) => ITEM.exec(item)?.[1]?.length ?? 0;
  const own = indent(items[0] ?? "");
  const groups: string[][] = [];
  for (const item of items) {
    if (indent(item) > own && groups.length) groups.at(-1)?.push(item);
    else groups.push([item]);
  }
  const made = groups.map(([first = "", ...inner], at) => <li key={at}>{inline(first.replace(ITEM, ""))}{inner.length > 0 && listOf(inner)}</li>);
  return /^\s*\d/.test(items[0] ?? "") ? <ol>{made}</ol> : <ul>{made}</ul>;
}

function tableOf(lines: readonly string[]): ReactNode {
  const cells = (line: string) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => inline(cell.trim()));
  const [head = "", , ...rows] = lines;
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="Table"><table className="list">
      <thead><tr>{cells(head).map((cell, at) => <th key={at}>{cell}</th>)}</tr></thead>
      <tbody>{rows.map((row, at) => <tr key={at}>{cells(row).map((cell, i) => <td key={i}>{cell}</td>)}</tr>)}</tbody>
    </table></div>
  );
}

const INLINE = /(`[^`]+`)|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\((\S+?)\)/g;

function inline(text: string): ReactNode {
  const out: ReactNode[] = [];
  let last = 0;
  for (const match of text.matchAll(INLINE)) {
    out.push(text.slice(last, match.index));
    const [all, code, bold, slanted, label, target = ""] = match;
    const key = match.index;
    if (code) out.push(<code key={key}>{code.slice(1, -1)}</code>);
    else if (bold) out.push(<strong key={key}>{bold}</strong>);
    else if (slanted) out.push(<em key={key}>{slanted}</em>);
    else if (/^(https?:|mailto:)/i.test(target)) out.push(<a key={key} href={target} rel="noopener noreferrer" target="_blank">{label}</a>);
    else out.push(all);
    last = match.index + all.length;
  }
  out.push(text.slice(last));
  return out.map((part, index) => <Fragment key={index}>{part}</Fragment>);
}
