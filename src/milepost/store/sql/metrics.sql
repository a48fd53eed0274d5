-- Series heads and chunks. Lists of ids come as one JSON text.

-- name: HEAD_SELECT
SELECT point_count, total, last_value, last_step, last_timestamp, first_value, first_step,
    first_timestamp, min_value, min_step, max_value, max_step, timestamp_max, is_exact,
    raw_chunks, raw_points, nan_count
FROM metrics WHERE run = ? AND key = ?;

-- name: HEADS_SELECT
SELECT key, point_count, total, last_value, last_step, last_timestamp, first_value, first_step,
    first_timestamp, min_value, min_step, max_value, max_step, timestamp_max, is_exact,
    raw_chunks, raw_points, nan_count
FROM metrics WHERE run = ? AND key IN (SELECT value FROM json_each(?));

-- name: HEADS_OF_SERIES
SELECT m.run, m.key, m.point_count, m.total, m.last_value, m.last_step, m.last_timestamp,
    m.first_value, m.first_step, m.first_timestamp, m.min_value, m.min_step, m.max_value,
    m.max_step, m.timestamp_max, m.is_exact, m.raw_chunks, m.raw_points, m.nan_count
FROM json_each(?) wanted
JOIN json_each(?) its ON its.key = wanted.key
CROSS JOIN metrics m ON m.run = wanted.value AND m.key = its.value;

-- name: SERIES_WORTH_SEALING
SELECT m.run, m.key
FROM json_each(?) wanted
JOIN json_each(?) its ON its.key = wanted.key
CROSS JOIN metrics m ON m.run = wanted.value AND m.key = its.value
WHERE m.raw_chunks >= ?;

-- name: HEAD_UPSERT
INSERT INTO metrics (run, key, point_count, total, last_value, last_step, last_timestamp,
    first_value, first_step, first_timestamp, min_value, min_step, max_value, max_step,
    timestamp_max, is_exact, raw_chunks, raw_points, nan_count)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run, key) DO UPDATE SET point_count = excluded.point_count, total = excluded.total,
    last_value = excluded.last_value, last_step = excluded.last_step,
    last_timestamp = excluded.last_timestamp, first_value = excluded.first_value,
    first_step = excluded.first_step, first_timestamp = excluded.first_timestamp,
    min_value = excluded.min_value, min_step = excluded.min_step,
    max_value = excluded.max_value, max_step = excluded.max_step,
    timestamp_max = excluded.timestamp_max, is_exact = excluded.is_exact,
    raw_chunks = excluded.raw_chunks, raw_points = excluded.raw_points,
    nan_count = excluded.nan_count,
    indexed_in = CASE WHEN excluded.last_value IS metrics.last_value THEN metrics.indexed_in END;

-- name: LATEST_SELECT
SELECT run, key, last_value, last_timestamp, last_step FROM metrics
WHERE run IN (SELECT value FROM json_each(?))
ORDER BY run, key;

-- name: LATEST_SELECT_SOME
SELECT m.run, m.key, m.last_value, m.last_timestamp, m.last_step
FROM json_each(?) chosen CROSS JOIN json_each(?) wanted
CROSS JOIN metrics m ON m.run = chosen.value AND m.key = wanted.value
ORDER BY chosen.key, m.key;

-- name: LATEST_SELECT_ONE
SELECT m.last_value, m.last_timestamp, m.last_step
FROM metrics m JOIN keys k ON k.id = m.key JOIN runs r ON r.id = m.run
WHERE r.run_id = ? AND k.name = ?;

-- name: SERIES_SELECT
SELECT m.run, m.key
FROM metrics m JOIN keys k ON k.id = m.key JOIN runs r ON r.id = m.run
WHERE r.run_id = ? AND k.name = ?;

-- name: AGGREGATES_SELECT
SELECT m.run, k.name, m.key, m.is_exact, m.point_count, m.nan_count, m.total,
    m.first_value, m.first_step, m.first_timestamp, m.last_value, m.last_step, m.last_timestamp,
    m.min_value, m.min_step, m.max_value, m.max_step
FROM metrics m JOIN keys k ON k.id = m.key
WHERE m.run IN (SELECT value FROM json_each(?))
ORDER BY k.name;

-- name: AGGREGATES_SELECT_SOME
SELECT m.run, k.name, m.key, m.is_exact, m.point_count, m.nan_count, m.total,
    m.first_value, m.first_step, m.first_timestamp, m.last_value, m.last_step, m.last_timestamp,
    m.min_value, m.min_step, m.max_value, m.max_step
FROM json_each(?) chosen CROSS JOIN json_each(?) wanted
CROSS JOIN metrics m ON m.run = chosen.value AND m.key = wanted.value
JOIN keys k ON k.id = m.key
ORDER BY k.name;

-- name: SERIES_WITH_BOTH
-- Runs that have both of two metrics: where the first is at its best, and the last of the second.
SELECT a.run, a.min_step, a.max_step, b.key, b.last_step, b.last_value
FROM json_each(?) chosen
CROSS JOIN metrics a ON a.run = chosen.value AND a.key = (SELECT id FROM keys WHERE name = ?)
CROSS JOIN metrics b ON b.run = a.run AND b.key = (SELECT id FROM keys WHERE name = ?);

-- name: INEXACT_SELECT
SELECT m.run, m.key FROM metrics m INDEXED BY metrics_inexact
WHERE m.key IN (SELECT id FROM keys WHERE name IN (SELECT value FROM json_each(? /* texts */)))
    AND m.is_exact = 0
LIMIT ?;

-- name: CHUNK_INSERT
INSERT INTO metric_chunks (run, key, is_sealed, codec, point_count, step_min, step_max,
    timestamp_min, timestamp_max, data)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: SUMMARY_INSERT
INSERT INTO chunk_summaries (chunk, fine, coarse) VALUES (last_insert_rowid(), ?, ?);

-- name: SUMMARIES_DELETE
DELETE FROM chunk_summaries WHERE chunk IN (SELECT value FROM json_each(?));

-- name: CHUNKS_DELETE
DELETE FROM metric_chunks
WHERE run = ? AND key = ? AND id IN (SELECT value FROM json_each(?));

-- name: CHUNKS_PRESENT
SELECT max(id), count(*) FILTER (WHERE id IN (SELECT value FROM json_each(?)))
FROM metric_chunks WHERE run = ? AND key = ?;

-- name: CHUNKS_SELECT
SELECT id, is_sealed, codec, point_count, timestamp_min, timestamp_max
FROM metric_chunks WHERE run = ? AND key = ?
ORDER BY id;

-- name: CHUNKS_SELECT_AFTER
SELECT id, timestamp_min, timestamp_max
FROM metric_chunks WHERE run = ? AND key = ? AND timestamp_max >= ?
ORDER BY timestamp_min, id;

-- name: CHUNKS_SELECT_DATA
SELECT codec, data FROM metric_chunks
WHERE run = ? AND key = ? AND step_max >= ? AND step_min <= ?
ORDER BY timestamp_min, id;

-- name: RAW_CHUNKS_SELECT_DATA
SELECT codec, data FROM metric_chunks
WHERE run = ? AND key = ? AND is_sealed = 0 AND id <= ?
ORDER BY id;

-- name: CHUNK_SELECT_DATA
SELECT codec, data FROM metric_chunks WHERE id = ?;

-- name: UNSEALED_BY_RUN
-- More than one raw chunk, or one that is worth compressing (ALONE_POINTS in sealer.py).
SELECT key FROM metrics WHERE run = ? AND (raw_chunks > 1 OR raw_points >= 64);

-- name: UNSEALED_ANYWHERE
SELECT m.run, m.key, m.raw_chunks, m.raw_points, r.status
FROM metrics m JOIN runs r ON r.id = m.run
WHERE (m.raw_chunks > 1 OR m.raw_points >= 64) AND (m.run, m.key) > (?, ?)
ORDER BY m.run, m.key
LIMIT ?;

-- name: ORIGIN_INSERT
INSERT INTO metric_origins (run, key, step, timestamp, model_id, dataset_name, dataset_digest, value)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING;
