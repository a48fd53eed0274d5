// The whole result of a search as one virtual list: pages are fetched as the table reaches them.

import { keepPreviousData, useInfiniteQuery, useQueries, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { scopeOf, searchRuns } from "../api/queries";
import { fieldsOf, rowOf, wantsAggregates, type Column, type Row } from "./rows";

const FIRST_PAGE = 100;
const PAGE = 1000;
const CHILDREN = 1000;
// Tags can say that a run is its own grandparent.
const DEPTH_MAX = 8;

export interface RunsQuestion {
  experimentId: string | null;
  filter: string;
  order: string;
  view: "ACTIVE_ONLY" | "DELETED_ONLY";
  isNested: boolean;
  columns: readonly Column[];
}

interface RunsPage {
  rows: Row[];
  next: string | undefined;
  total: number;
  isExact: boolean;
}

export function bodyOf(question: RunsQuestion): object {
  return {
    ...scopeOf(question.experimentId),
    filter: question.filter || undefined,
    order_by: question.order ? [question.order] : [],
    run_view_type: question.view,
    fields: fieldsOf(question.columns),
    metric_aggregates: wantsAggregates(question.columns) || undefined,
  };
}

export function useRuns(question: RunsQuestion, expanded: ReadonlySet<string>, isReady: boolean) {
  const client = useQueryClient();
  const { columns } = question;
  const ids = columns.map((column) => column.id);
  const key = ["runs", question.experimentId, question.filter, question.order, question.view, question.isNested, ids];
  const query = useInfiniteQuery({
    queryKey: key,
    enabled: isReady,
    initialPageParam: undefined as string | undefined,
    placeholderData: keepPreviousData,
    queryFn: async ({ pageParam, signal }): Promise<RunsPage> => {
      const body = {
        ...bodyOf(question),
        max_results: pageParam ? PAGE : FIRST_PAGE,
        page_token: pageParam,
        total_count: !pageParam,
        top_level_only: question.isNested || undefined,
      };
      const found = await searchRuns(body, signal);
      return {
        rows: (found.runs ?? []).map((run) => rowOf(run, columns)),
        next: found.next_page_token,
        total: found.total_count ?? 0,
        isExact: found.total_count_is_exact ?? true,
      };
    },
    getNextPageParam: (page) => page.next,
  });

  const opened = question.isNested ? [...expanded] : [];
  const children = useQueries({
    queries: opened.map((runId) => ({
      queryKey: ["runs", "children", runId, question.order, question.view, ids],
      queryFn: async ({ signal }: { signal: AbortSignal }) => {
        const filter = `parent_run_id = '${runId}'`;
        const body = { ...bodyOf(question), max_results: CHILDREN };
        const [found, parents] = await Promise.all([
          searchRuns({ ...body, filter }, signal),
          searchRuns({ ...body, filter: `${filter} AND has_children = true`, fields: ["run_name"], metric_aggregates: undefined }, signal),
        ]);
        const isParent = new Set((parents.runs ?? []).map((run) => run.info?.run_id));
        return (found.runs ?? []).map((run) => ({ ...run, child_count: isParent.has(run.info?.run_id) ? 1 : 0 }));
      },
    })),
  });

  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const loaded = useMemo(() => {
    const top = data?.pages.flatMap((page) => page.rows) ?? [];
    if (!opened.length) return top;
    const found = new Map(opened.map((runId, index) => [runId, children[index]?.data]));
    const withChildren = (row: Row): Row[] => [
      row,
      ...(row.depth < DEPTH_MAX ? (found.get(row.runId) ?? []) : []).flatMap((run) => withChildren(rowOf(run, columns, row.depth + 1))),
    ];
    return top.flatMap(withChildren);
    // children's data, by identity
  }, [data, opened.join(), ...children.map((child) => child.data)]);

  const reach = useCallback(
    (index: number) => {
      if (index >= loaded.length - 60 && hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    [loaded.length, hasNextPage, isFetchingNextPage, fetchNextPage],
  );

  /** Changed runs: those on screen are asked for again alone; unknown ones make page one stale. */
  const refresh = useCallback(
    async (runIds: readonly string[]) => {
      const now = client.getQueryData<InfiniteData<RunsPage>>(key);
      if (!now) return;
      const known = new Set(now.pages.flatMap((page) => page.rows.map((row) => row.runId)));
      const mine = runIds.filter((id) => known.has(id)).slice(0, 200);
      if (runIds.some((id) => !known.has(id)) && now.pages.length <= 2) {
        await client.invalidateQueries({ queryKey: key });
        return;
      }
      if (!mine.length) return;
      const filter = `run_id IN (${mine.map((id) => `'${id}'`).join(", ")})`;
      const found = await searchRuns({ ...bodyOf(question), filter, order_by: [], max_results: mine.length });
      const fresh = new Map((found.runs ?? []).map((run) => [run.info?.run_id, run]));
      client.setQueryData<InfiniteData<RunsPage>>(key, (old) =>
        old && {
          ...old,
          pages: old.pages.map((page) => ({
            ...page,
            rows: page.rows.map((row) => {
              const run = fresh.get(row.runId);
              return run ? { ...rowOf(run, columns, row.depth), children: row.children, isMatch: row.isMatch } : row;
            }),
          })),
        },
      );
    },
    [client, JSON.stringify(key)],
  );

  const top = data?.pages[0];
  const nested = loaded.length - (data?.pages.reduce((sum, page) => sum + page.rows.length, 0) ?? 0);
  const known = top ? (hasNextPage || query.isPlaceholderData ? Math.max(top.total, loaded.length - nested) : loaded.length - nested) : 0;
  return { ...query, rows: loaded, total: known, isExact: top?.isExact ?? true, rowCount: known + nested, reach, refresh };
}
