-- Batches that clients have numbered, and signs of life of runs.

-- name: STREAM_SELECT
SELECT place FROM batch_streams WHERE stream = ?;

-- name: STREAM_UPSERT
INSERT INTO batch_streams (stream, place, taken_time) VALUES (?, ?, ?)
ON CONFLICT (stream) DO UPDATE SET place = excluded.place, taken_time = excluded.taken_time;

-- name: STREAMS_REMOVE
DELETE FROM batch_streams
WHERE stream IN (SELECT stream FROM batch_streams WHERE taken_time < ? LIMIT ?);

-- name: HEARTBEATS_UPSERT
INSERT INTO heartbeats (run, time)
SELECT r.id, ? FROM runs r WHERE r.is_active = 1 AND r.run_id IN (SELECT value FROM json_each(? /* texts */))
ON CONFLICT (run) DO UPDATE SET time =
    CASE WHEN excluded.time > heartbeats.time THEN excluded.time ELSE heartbeats.time END;

-- name: HEARTBEAT_REMOVE
DELETE FROM heartbeats WHERE run = ?;

-- name: HEARTBEATS_SELECT
SELECT r.run_id, h.time FROM runs r JOIN heartbeats h ON h.run = r.id
WHERE r.run_id IN (SELECT value FROM json_each(? /* texts */));
