-- Series for charts. Lists come as one JSON text.

-- name: SERIES_OF_RUNS_SELECT
SELECT r.run_id, k.name, r.start_time, m.run, m.key
FROM json_each(? /* texts */) chosen
CROSS JOIN runs r ON r.run_id = chosen.value
CROSS JOIN json_each(? /* texts */) wanted
CROSS JOIN keys k ON k.name = wanted.value
CROSS JOIN metrics m ON m.run = r.id AND m.key = k.id
ORDER BY wanted.key, chosen.key;

-- name: CHUNK_RANGES_SELECT
SELECT id, point_count, step_min, step_max, timestamp_min, timestamp_max
FROM metric_chunks WHERE run = ? AND key = ?
ORDER BY timestamp_min, id;

-- name: SUMMARIES_FINE
SELECT s.chunk, s.fine FROM json_each(?) chosen JOIN chunk_summaries s ON s.chunk = chosen.value;

-- name: SUMMARIES_COARSE
SELECT s.chunk, s.coarse FROM json_each(?) chosen JOIN chunk_summaries s ON s.chunk = chosen.value;
