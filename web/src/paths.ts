// Every address of the page and of the server is made here, and nowhere else.
// Pages live behind "#", as official clients print them: #/experiments/1/runs/<id>.

export type Params = Record<string, string | undefined>;

export function withParams(path: string, params: Params): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value) query.set(key, value);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export const pages = {
  home: () => "#/",
  runs: (experimentId: string, params: Params = {}) =>
    withParams(`#/experiments/${encodeURIComponent(experimentId)}`, params),
  allRuns: (params: Params = {}) => withParams("#/runs", params),
  run: (experimentId: string, runId: string, params: Params = {}) =>
    withParams(`#/experiments/${encodeURIComponent(experimentId)}/runs/${encodeURIComponent(runId)}`, params),
  compare: (runIds: readonly string[], params: Params = {}) =>
    withParams("#/compare", { runs: runIds.join(","), ...params }),
  link: (viewId: string) => `#/v/${viewId}`,
};

// Relative, so that a prefix before the page is a prefix before the API as well.
export const api = {
  stock: (verb: string) => `./ajax-api/2.0/mlflow/${verb}`,
  own: (verb: string) => `./api/milepost/1.0/${verb}`,
  artifact: (runId: string, path: string) =>
    `./get-artifact?${new URLSearchParams({ run_id: runId, path })}`,
  events: (experimentIds: readonly string[], runIds: readonly string[]) => {
    const query = new URLSearchParams();
    for (const id of experimentIds) query.append("experiment_ids", id);
    for (const id of runIds) query.append("run_ids", id);
    return `./api/milepost/1.0/events/stream?${query}`;
  },
};

export type Place =
  | { page: "home" }
  | { page: "runs"; experimentId: string | null }
  | { page: "run"; experimentId: string; runId: string; tab: string }
  | { page: "compare" }
  | { page: "link"; viewId: string }
  | { page: "unknown" };

export function placeOf(hash: string): { place: Place; params: URLSearchParams } {
  const [path = "", query = ""] = hash.replace(/^#/, "").split(/\?(.*)/s);
  const parts = path.split("/").filter(Boolean).map(decoded);
  const params = new URLSearchParams(query);
  return { place: placeOfParts(parts, params), params };
}

function placeOfParts(parts: string[], params: URLSearchParams): Place {
  const [first, second, third, fourth, fifth] = parts;
  if (first === undefined) return { page: "home" };
  if (first === "runs") return { page: "runs", experimentId: null };
  if (first === "compare" || first === "compare-runs") return { page: "compare" };
  if (first === "v" && second) return { page: "link", viewId: second };
  if (first === "experiments") {
    if (second === undefined) return { page: "home" };
    if (third === "runs" && fourth)
      return { page: "run", experimentId: second, runId: fourth, tab: params.get("tab") ?? fifth ?? "overview" };
    return { page: "runs", experimentId: second };
  }
  return { page: "unknown" };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
