// What the page asks, as hooks of the query cache. Keys name the question, so that live events can
// find what they make stale.

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "../paths";
import { own, read, stock } from "./client";
import type {
  Experiment, GetExperimentResponse, GetHeartbeatsResponse, GetMetricAggregatesResponse, GetMetricBucketsResponse, GetRunResponse,
  GroupRunsResponse, ListRunColumnsResponse, ListViewsResponse, SearchExperimentsResponse,
  SearchRunsResponse, SummarizeExperimentsResponse,
} from "./generated";

const EXPERIMENTS_A_PAGE = 1000;

export function useExperiments(view: "ACTIVE_ONLY" | "DELETED_ONLY" = "ACTIVE_ONLY", isEnabled = true) {
  return useQuery({
    queryKey: ["experiments", view],
    enabled: isEnabled,
    queryFn: async ({ signal }) => {
      const all: Experiment[] = [];
      let token: string | undefined;
      do {
        const body = { max_results: EXPERIMENTS_A_PAGE, view_type: view, page_token: token };
        const page = await stock<SearchExperimentsResponse>("experiments/search", body, signal);
        all.push(...(page.experiments ?? []));
        token = page.next_page_token;
      } while (token && all.length < 20_000);
      return all;
    },
  });
}

export function useSummaries(ids: readonly string[]) {
  return useQuery({
    queryKey: ["summaries", ids],
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const body = { experiment_ids: ids.slice(0, 10_000) };
      const found = await own<SummarizeExperimentsResponse>("experiments/summarize", body, signal);
      return new Map((found.experiments ?? []).map((one) => [one.experiment_id ?? "", one]));
    },
  });
}

export function useExperiment(id: string | null) {
  return useQuery({
    queryKey: ["experiment", id],
    enabled: id !== null,
    queryFn: async ({ signal }) =>
      (await read<GetExperimentResponse>(api.stock("experiments/get"), { experiment_id: id ?? "" }, signal)).experiment,
  });
}

export function scopeOf(experimentId: string | null) {
  return experimentId === null ? { all_experiments: true } : { experiment_ids: [experimentId] };
}

export function useColumns(experimentId: string | null, maxRuns = 500) {
  return useQuery({
    queryKey: ["columns", experimentId, maxRuns],
    placeholderData: keepPreviousData,
    staleTime: 30_000,
    queryFn: ({ signal }) =>
      own<ListRunColumnsResponse>("runs/list-columns", { ...scopeOf(experimentId), max_runs: maxRuns }, signal),
  });
}

export function useRun(runId: string) {
  return useQuery({
    queryKey: ["run", runId],
    queryFn: async ({ signal }) =>
      (await read<GetRunResponse>(api.stock("runs/get"), { run_id: runId }, signal)).run,
  });
}

/** When a running run was last heard of, in ms; its time is null when its client has no heartbeat. */
export function useHeartbeat(runId: string, isEnabled: boolean) {
  return useQuery({
    queryKey: ["heartbeat", runId], enabled: isEnabled && runId !== "", refetchInterval: 15_000,
    // With the time of asking, so that who shows it draws anew while nothing comes.
    queryFn: async ({ signal }) => {
      const found = await read<GetHeartbeatsResponse>(api.own("runs/get-heartbeats"), { run_ids: runId }, signal);
      return { time: found.heartbeats?.[0]?.heartbeat_time ?? null, asked: Date.now() };
    },
  });
}

export function useAggregates(runId: string) {
  return useQuery({
    queryKey: ["aggregates", runId],
    queryFn: async ({ signal }) =>
      (await read<GetMetricAggregatesResponse>(api.own("metrics/get-aggregates"), { run_id: runId }, signal)).metrics ?? [],
  });
}

export interface BucketQuestion {
  runIds: readonly string[];
  metric: string;
  axis: "step" | "timestamp" | "relative";
  zoom: readonly [number, number] | null;
  buckets: number;
}

export function useBuckets(question: BucketQuestion, isEnabled: boolean) {
  const { runIds, metric, axis, zoom, buckets } = question;
  return useQuery({
    queryKey: ["buckets", metric, runIds, axis, zoom, buckets],
    enabled: isEnabled && runIds.length > 0,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const body = {
        run_ids: runIds, metric_keys: [metric], axis, buckets,
        ...(zoom ? { start: zoom[0], end: zoom[1] } : {}),
      };
      return (await own<GetMetricBucketsResponse>("metrics/get-buckets", body, signal)).series ?? [];
    },
  });
}

export function useGroups(experimentId: string | null, filter: string, by: string[], fields: string[], view: string) {
  return useQuery({
    queryKey: ["groups", experimentId, filter, by, fields, view],
    enabled: by.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      own<GroupRunsResponse>(
        "runs/group",
        { ...scopeOf(experimentId), filter: filter || undefined, group_by: by, fields, run_view_type: view },
        signal,
      ),
  });
}

export function useViews(experimentId: string | null) {
  return useQuery({
    queryKey: ["views", experimentId],
    queryFn: async ({ signal }) =>
      (await read<ListViewsResponse>(api.own("views/list"), experimentId ? { experiment_id: experimentId } : {}, signal)).views ?? [],
  });
}

export function searchRuns(body: object, signal?: AbortSignal) {
  return stock<SearchRunsResponse>("runs/search", body, signal);
}
