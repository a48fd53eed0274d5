-- What an import puts in whole: experiments and runs with the ids and times that they had.

-- name: EXPERIMENT_PUT
INSERT INTO experiments (id, name, artifact_location, is_active, creation_time, last_update_time)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING
RETURNING id;

-- name: EXPERIMENT_TAG_PUT
-- A tag that the experiment has already stays as it is.
INSERT INTO experiment_tags (experiment, key, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING;

-- name: EXPERIMENT_SET_TIMES
UPDATE experiments SET is_active = ?, creation_time = ?, last_update_time = ? WHERE id = ?;

-- name: RUN_PUT
INSERT INTO runs (run_id, experiment, name, user_id, status, start_time, end_time, artifact_uri,
    is_active, deleted_time)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run_id) DO UPDATE SET name = excluded.name, user_id = excluded.user_id,
    status = excluded.status, start_time = excluded.start_time, end_time = excluded.end_time,
    artifact_uri = excluded.artifact_uri, is_active = excluded.is_active,
    deleted_time = excluded.deleted_time, is_settled = 0, is_indexed = 0
RETURNING id, experiment;

-- name: SERIES_SIZES
-- Counts may be too high, never too low.
SELECT k.name, m.point_count FROM metrics m JOIN keys k ON k.id = m.key WHERE m.run = ? ORDER BY k.name;
