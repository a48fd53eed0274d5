-- Runs, their params and tags, and the names of keys. Lists of ids come as one JSON text.

-- name: RUN_INSERT
INSERT INTO runs (run_id, experiment, name, user_id, status, start_time, artifact_uri)
VALUES (?, ?, ?, ?, ?, ?, ?)
RETURNING id;

-- name: RUN_REF
SELECT id, experiment, is_active FROM runs WHERE run_id = ?;

-- name: RUN_SELECT
SELECT id, run_id, experiment, name, user_id, status, start_time, end_time, artifact_uri, is_active
FROM runs WHERE run_id = ?;

-- name: RUN_UPDATE
UPDATE runs SET status = coalesce(?, status), end_time = coalesce(?, end_time),
    name = coalesce(?, name)
WHERE id = ?;

-- name: RUN_RENAME
UPDATE runs SET name = ? WHERE id = ?;

-- name: RUN_SET_ACTIVE
UPDATE runs SET is_active = ?, deleted_time = ? WHERE id = ?;

-- name: RUNS_SET_ACTIVE_BY_EXPERIMENT
UPDATE runs SET is_active = ?, deleted_time = ? WHERE experiment = ?;

-- name: RUN_SEARCH_ONE_EXPERIMENT
SELECT id, run_id, experiment, name, user_id, status, start_time, end_time, artifact_uri, is_active
FROM runs
WHERE experiment = ? AND is_active = ?
  AND start_time <= ?
  AND (start_time < ? OR run_id > ?)
ORDER BY start_time DESC, run_id
LIMIT ?;

-- name: RUN_SEARCH
SELECT id, run_id, experiment, name, user_id, status, start_time, end_time, artifact_uri, is_active
FROM runs
WHERE experiment IN (SELECT value FROM json_each(?))
  AND is_active BETWEEN ? AND ?
  AND start_time <= ?
  AND (start_time < ? OR run_id > ?)
ORDER BY start_time DESC, run_id
LIMIT ?;

-- name: KEY_SELECT
SELECT id FROM keys WHERE name = ?;

-- name: KEY_INSERT
INSERT INTO keys (name) VALUES (?) RETURNING id;

-- name: PARAM_INSERT
INSERT INTO params (run, key, value) VALUES (?, ?, ?) ON CONFLICT (run, key) DO NOTHING;

-- name: PARAM_SELECT
SELECT value FROM params WHERE run = ? AND key = ?;

-- name: PARAM_SELECT_BY_NAME
SELECT p.value FROM params p JOIN keys k ON k.id = p.key JOIN runs r ON r.id = p.run
WHERE r.run_id = ? AND k.name = ?;

-- name: PARAMS_SELECT
SELECT p.run, k.name, p.value FROM params p JOIN keys k ON k.id = p.key
WHERE p.run IN (SELECT value FROM json_each(?))
ORDER BY p.run, p.key;

-- name: TAG_UPSERT
INSERT INTO tags (run, key, value) VALUES (?, ?, ?)
ON CONFLICT (run, key) DO UPDATE SET value = excluded.value;

-- name: TAG_SELECT
SELECT value FROM tags WHERE run = ? AND key = ?;

-- name: TAG_DELETE
DELETE FROM tags WHERE run = ? AND key = ? RETURNING key;

-- name: TAGS_SELECT
SELECT t.run, k.name, t.value FROM tags t JOIN keys k ON k.id = t.key
WHERE t.run IN (SELECT value FROM json_each(?))
ORDER BY t.run, t.key;
