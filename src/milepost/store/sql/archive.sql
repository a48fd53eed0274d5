-- Archived runs and the chunks to archive. Lists come as one JSON text.

-- name: RUN_ID_SELECT
SELECT run_id FROM runs WHERE id = ?;

-- name: RUNS_COUNT
SELECT count(*) FROM runs
WHERE status IN (3, 4, 5) AND is_active = 1 AND coalesce(end_time, start_time) <= ?;

-- name: RUNS_SELECT_AFTER
SELECT id, run_id FROM runs
WHERE id > ? AND status IN (3, 4, 5) AND is_active = 1 AND coalesce(end_time, start_time) <= ?
ORDER BY id LIMIT ?;

-- name: CHUNKS_SELECT
-- Those of one run that are old and large enough, where each of its series is sealed.
SELECT c.id, c.key, c.codec, c.point_count, length(c.data)
FROM metric_chunks c
WHERE c.run = ?1 AND c.codec <> 2 AND c.timestamp_max <= ?2 AND length(c.data) >= ?3
  AND NOT EXISTS (
    SELECT 1 FROM metrics m WHERE m.run = ?1 AND (m.raw_chunks > 1 OR m.raw_points >= 64)
  )
ORDER BY c.key, c.timestamp_min, c.id
LIMIT ?4;

-- name: CHUNK_SELECT_DATA
SELECT data FROM metric_chunks WHERE run = ? AND key = ? AND id = ? AND codec = ?;

-- name: PENDING_SELECT
SELECT file FROM run_archives WHERE run = ? AND is_pending = 1;

-- name: FILE_BEGIN
INSERT INTO run_archives (run, file, is_pending, chunk_bytes)
SELECT id, 1, 1, 0 FROM runs
WHERE id = ? AND is_active = 1 AND NOT EXISTS (SELECT 1 FROM runs_going g WHERE g.run = runs.id)
ON CONFLICT (run) DO UPDATE SET file = run_archives.file + 1, is_pending = 1
RETURNING file;

-- name: FILE_FINISH
-- Nothing where another process has begun a newer file, or where the run is being removed.
UPDATE run_archives SET is_pending = 0, chunk_bytes = chunk_bytes + ?
WHERE run = ? AND file = ? AND is_pending = 1
  AND NOT EXISTS (SELECT 1 FROM runs_going g WHERE g.run = run_archives.run);

-- name: CHUNK_TAKE
-- Rows are made anew: SQLite leaves a page as empty as an update makes it, and fills it after a delete.
DELETE FROM metric_chunks
WHERE run = ? AND key = ? AND id = ? AND codec = ? AND length(data) = ?
RETURNING id, run, key, is_sealed, point_count, step_min, step_max, timestamp_min, timestamp_max;

-- name: CHUNK_PUT
INSERT INTO metric_chunks (id, run, key, is_sealed, point_count, step_min, step_max, timestamp_min,
    timestamp_max, codec, data)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?);

-- name: ARCHIVED_SELECT
SELECT r.run_id FROM run_archives a JOIN runs r ON r.id = a.run
WHERE a.chunk_bytes > 0 ORDER BY a.run DESC LIMIT 1;
