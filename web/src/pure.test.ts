// Specs of the pure parts.

import { describe, expect, it } from "vitest";
import { correlation, importanceOf, ranks, ratio } from "./charts/importance";
import { keyTree } from "./charts/ChartGrid";
import { bandOf, lineOf, marksOf, nearest, rangeOf, smoothed, summaryOf, xsOf } from "./charts/series";
import { linearTicks, logTicks, spanTick, symlogTicks, timeTicks } from "./charts/ticks";
import { identifier, number, span } from "./format";
import { earlier } from "./grouped";
import { pages, placeOf } from "./paths";
import { onScreen } from "./run/screen";
import { diffWords } from "./run/diff";
import { kindOf, parseCsv } from "./run/files";
import { completions } from "./table/complete";
import { columnOf, csvOf, fieldsOf, isNumeric, rowOf, term, type Column } from "./table/rows";

const column = (id: string) => columnOf(id) as Column;

describe("addresses", () => {
  it("are read as they were made, and as official clients print them", () => {
    expect(placeOf(pages.run("1", "abc")).place).toEqual({ page: "run", experimentId: "1", runId: "abc", tab: "overview" });
    expect(placeOf("#/experiments/7?filter=a").place).toEqual({ page: "runs", experimentId: "7" });
    expect(placeOf(pages.runs("1", { filter: "a = 'b & c'" })).params.get("filter")).toBe("a = 'b & c'");
    expect(placeOf("#/what").place).toEqual({ page: "unknown" });
  });
});

describe("numbers", () => {
  it("are short and keep their signs", () => {
    expect([0, 1234567, 0.1 + 0.2, 1e-7, -3.5, NaN, Infinity].map(number)).toEqual(["0", "1,234,567", "0.3", "1e-7", "-3.5", "NaN", "+∞"]);
    expect([5, 61_000, 7_200_000].map(span)).toEqual(["5 ms", "1 min 1 s", "2 h 0 min"]);
  });
});

describe("smoothing", () => {
  it("is free of the bias of its start and lets odd values pass", () => {
    const out = smoothed(Float64Array.of(5, 5, NaN, 5), 0.9);
    expect([...(out ?? [])]).toEqual([5, 5, NaN, 5].map((v) => (Number.isNaN(v) ? NaN : expect.closeTo(v, 10))));
    expect(smoothed(Float64Array.of(1), 0)).toBeNull();
  });
});

describe("lines", () => {
  const series = { run_id: "r", steps: [0, 10, 20], timestamps: [1000, 2000, 3000], run_start_time: 500, values: [1, "NaN", 3] };
  it("take x from the axis", () => {
    expect([...xsOf(series, "relative")]).toEqual([500, 1500, 2500]);
    const other = { steps: [5, 15], values: [100, 50] };
    expect([...xsOf(series, "metric:o", other)]).toEqual([NaN, 100, 50]);
    expect([...lineOf(series, "metric:o", 0, "r", 0, other).x]).toEqual([50, 100]);
  });
  it("find the nearest point, and a range that log axes can show", () => {
    const x = Float64Array.of(0, 10, 20);
    expect([nearest(x, -5), nearest(x, 4), nearest(x, 6), nearest(x, 99)]).toEqual([0, 0, 1, 2]);
    const line = lineOf({ ...series, values: [-1, 10, 100] }, "step", 0, "r", 0);
    expect(rangeOf([line], "log", false, null)[0]).toBeGreaterThan(0);
  });
  it("count what they cannot show, and sum up what they can", () => {
    const line = lineOf({ run_id: "r", steps: [0, 1, 2, 3, 4], values: ["NaN", "Infinity", -9, 9, 1] }, "step", 0, "r", 0);
    expect(marksOf(line, [0, 5])).toEqual({ nan: 1, up: 1, down: 0, above: 1, below: 1 });
    expect(summaryOf(line)).toEqual({ last: 1, least: -9, greatest: Infinity });
  });
  it("make bands in which an ended line no longer speaks", () => {
    const long = lineOf({ run_id: "a", steps: [0, 1, 2], values: [1, 1, 1] }, "step", 0, "a", 0);
    const short = lineOf({ run_id: "b", steps: [0, 1], values: [3, 3] }, "step", 0, "b", 0);
    const band = bandOf([long, short], "g", 0);
    expect([...band.raw]).toEqual([2, 2, 1]);
    expect(band.label).toBe("g (n=2)");
  });
});

describe("columns", () => {
  it("are said as the filter language says them", () => {
    expect(term(column("m:train/loss@min"))).toBe("min(metrics.`train/loss`)");
    expect(identifier("params", "model.depth")).toBe("params.model.depth");
    expect(["betas.0", "data.in", "a-b"].map((key) => identifier("params", key))).toEqual(["params.`betas.0`", "params.`data.in`", "params.`a-b`"]);
    expect(columnOf("x:y")).toBeNull();
    expect([earlier(["a", "b", "c"], "c"), earlier(["a", "b"], "a")]).toEqual([["a", "c", "b"], ["a", "b"]]);
    expect(fieldsOf([column("m:loss@max"), column("m:loss")]).filter((f) => f.startsWith("metrics"))).toEqual(["metrics.loss"]);
  });
  it("fill rows, and CSV keeps formulas from running", () => {
    const columns = [column("m:loss"), column("p:note")];
    const run = { info: { run_id: "1", run_name: "=cmd()" }, data: { metrics: [{ key: "loss", value: "NaN" }], params: [{ key: "note", value: "a,b" }] } };
    expect(csvOf([rowOf(run, columns)], columns)).toBe("run_id,name,status,metrics.loss,params.note\n1,'=cmd(),,NaN,\"a,b\"\n");
  });
  it("stand at the right when what they hold is numbers", () => {
    const columns = [column("p:lr"), column("p:optimizer"), column("m:loss"), column("a:status")];
    const run = { data: { params: [{ key: "lr", value: "1e-3" }, { key: "optimizer", value: "adam" }] } };
    expect(columns.map((one, at) => isNumeric(one, [rowOf(run, columns)], at))).toEqual([true, false, true, false]);
  });
  it("complete where the caret is, and not inside a text", () => {
    const found = [{ kind: "params", key: "optimizer" }];
    expect(completions("a = 1 AND opt", 13, found)).toEqual({ from: 10, options: ["params.optimizer"] });
    expect(completions("params.x = 'opt", 15, found).options).toEqual([]);
    expect(completions("status = 'FIN", 13, found).options).toEqual(["FINISHED'"]);
  });
});

describe("importance", () => {
  it("ranks ties alike and sees order, not size", () => {
    expect(ranks([10, 20, 10])).toEqual([0.5, 2, 0.5]);
    expect(correlation(ranks([1, 2, 3]), ranks([10, 1000, 1e6]))).toBeCloseTo(1);
    expect(ratio(["a", "a", "b", "b"], [1, 1, 5, 5])).toBeCloseTo(1);
    expect(importanceOf([], [], 0)).toEqual([]);
  });
});

describe("files and texts", () => {
  it("are known by name, read as CSV, and told apart word by word", () => {
    expect(["a.PNG", "b.html", "c.parquet", "d.bin"].map(kindOf)).toEqual(["image", "html", "parquet", "other"]);
    expect(parseCsv('a,b\n1,"x, ""y"""\n')).toEqual([["a", "b"], ["1", 'x, "y"']]);
    expect(diffWords("the old one", "the new one").map((p) => [p.kind, p.text])).toEqual([["same", "the "], ["removed", "old"], ["added", "new"], ["same", " one"]]);
  });
});

describe("the tree of keys", () => {
  it("has each folder before what is in it, and counts all below", () => {
    const tree = keyTree(["b/x", "a", "system/gpu", "b/c/z", "b-c/y", "b/c/w"], "");
    expect(tree.map(({ path, keys, total }) => [path, keys.length, total])).toEqual([["", 1, 1], ["b", 1, 3], ["b/c", 2, 2], ["b-c", 1, 1], ["system", 1, 1]]);
    expect(keyTree(["deep/er/loss", "other"], "LOSS").map((one) => one.path)).toEqual(["deep/er"]);
    expect(keyTree(["a/b/c/x", "a/b/c/y", "a/b/d/e/z"], "").map(({ label, depth }) => [label, depth])).toEqual([["a/b", 0], ["c", 1], ["d/e", 1]]);
  });
});

describe("ticks", () => {
  it("stand on round numbers, whatever the range", () => {
    expect(linearTicks(0.13, 0.61, 5)).toEqual([0.2, 0.3, 0.4, 0.5, 0.6]);
    expect(linearTicks(1e30, 3.2e30, 5)).toEqual([1e30, 1.5e30, 2e30, 2.5e30, 3e30]);
    expect(linearTicks(3, 3, 5)).toEqual([]);
    expect(logTicks(909, 1.1e6, 4)).toEqual([1e3, 1e4, 1e5, 1e6]);
    expect(logTicks(1e-30, 1e30, 4)).toEqual([1e-30, 1e-15, 1, 1e15, 1e30]);
    expect(logTicks(0.9, 11, 6)).toEqual([1, 2, 5, 10]);
    expect(logTicks(3, 4, 5)).toEqual([3, 3.2, 3.4, 3.6, 3.8, 4]);
    expect(symlogTicks(-150, 1500, 9)).toEqual([-100, -10, -1, 0, 1, 10, 100, 1000]);
  });
  it("tell times with the day below where it changes, and spans without what is nought", () => {
    const at = (text: string) => new Date(text).getTime();
    expect(timeTicks([at("2026-11-27T23:00"), at("2026-11-28T00:00"), at("2026-11-28T01:00")]))
      .toEqual(["23:00\n27 Nov 2026", "00:00\n28 Nov 2026", "01:00"]);
    expect(timeTicks([at("2026-12-31T00:00"), at("2027-01-01T00:00")])).toEqual(["31 Dec\n2026", "1 Jan\n2027"]);
    expect([0, 5_000, 300_000, 5_400_000].map(spanTick)).toEqual(["0", "5 s", "5 min", "1 h 30 min"]);
  });
});

describe("what was printed", () => {
  it("shows as on a terminal: no colour codes, of a progress bar the last state", () => {
    expect(onScreen("\x1b[32mok\x1b[0m\r\n")).toBe("ok\n");
    expect(onScreen("10%|#   |\r50%|##  |\r100%|####\nnext")).toBe("100%|####\nnext");
  });
});
