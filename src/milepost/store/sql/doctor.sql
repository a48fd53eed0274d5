-- What `milepost doctor` asks.

-- name: COUNTS
SELECT (SELECT count(*) FROM experiments), (SELECT count(*) FROM runs),
    (SELECT count(*) FROM metrics), (SELECT coalesce(sum(point_count), 0) FROM metrics);

-- name: UNSEALED_COUNT
SELECT count(*) FROM metrics m JOIN runs r ON r.id = m.run
WHERE (m.raw_chunks > 1 OR m.raw_points >= 64) AND r.status IN (3, 4, 5);

-- name: ORPHANS
SELECT 'chunks without a series', count(*) FROM metric_chunks c
WHERE NOT EXISTS (SELECT 1 FROM metrics m WHERE m.run = c.run AND m.key = c.key)
UNION ALL
SELECT 'series without a chunk', count(*) FROM metrics m
WHERE NOT EXISTS (SELECT 1 FROM metric_chunks c WHERE c.run = m.run AND c.key = m.key)
UNION ALL
SELECT 'params without a run', count(*) FROM params WHERE run NOT IN (SELECT id FROM runs)
UNION ALL
SELECT 'tags without a run', count(*) FROM tags WHERE run NOT IN (SELECT id FROM runs)
UNION ALL
SELECT 'metrics without a run', count(*) FROM metrics WHERE run NOT IN (SELECT id FROM runs)
UNION ALL
SELECT 'archives without a run', count(*) FROM run_archives WHERE run NOT IN (SELECT id FROM runs);

-- name: ARCHIVED_SUM
SELECT count(*), CAST(coalesce(sum(chunk_bytes), 0) AS bigint) FROM run_archives
WHERE chunk_bytes > 0;

-- name: OBJECTS_SQLITE
SELECT type, name FROM sqlite_master
WHERE type IN ('table', 'index') AND name NOT LIKE 'sqlite!_%' ESCAPE '!';

-- name: OBJECTS_POSTGRES
SELECT CASE WHEN relkind IN ('i', 'I') THEN 'index' ELSE 'table' END, relname::text FROM pg_class c
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'i', 'I')
    AND NOT relispartition
    AND NOT EXISTS (SELECT 1 FROM pg_constraint n WHERE n.conindid = c.oid);
