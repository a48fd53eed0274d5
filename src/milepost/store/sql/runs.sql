-- Runs, their params and tags, and the names of keys. Lists of ids come as one JSON text.

-- name: RUN_INSERT
INSERT INTO runs (run_id, experiment, name, user_id, status, start_time, artifact_uri)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (run_id) DO NOTHING
RETURNING id;

-- name: RUN_REF
SELECT id, experiment, is_active, is_settled FROM runs WHERE run_id = ?;

-- name: RUN_SELECT
SELECT id, run_id, experiment, name, user_id, status, start_time, end_time, artifact_uri, is_active
FROM runs WHERE run_id = ?;

-- name: RUN_UPDATE
UPDATE runs SET status = coalesce(?, status), end_time = coalesce(?, end_time),
    name = coalesce(?, name)
WHERE id = ?
RETURNING id, run_id, experiment, name, user_id, status, start_time, end_time, artifact_uri, is_active;

-- name: RUN_RENAME
UPDATE runs SET name = ? WHERE id = ?;

-- name: RUN_SET_ACTIVE
UPDATE runs SET is_active = ?, deleted_time = ? WHERE id = ?;

-- name: RUNS_SET_ACTIVE_BY_EXPERIMENT
UPDATE runs SET is_active = ?, deleted_time = ? WHERE experiment = ?;

-- name: RUN_SET_PARENT
-- A run that names itself has no parent.
UPDATE runs SET parent_run_id = CASE WHEN ? <> run_id THEN ? END WHERE id = ?;

-- name: RUN_UNSETTLE
UPDATE runs SET is_settled = 0, is_indexed = 0 WHERE id = ?;

-- name: RUN_SETTLE
UPDATE runs SET is_settled = 1 WHERE id = ? RETURNING run_id;

-- name: RUN_INDEX
UPDATE runs SET is_indexed = 1 WHERE id = ? AND is_settled = 1 RETURNING experiment;

-- name: DOCUMENT_UPSERT
INSERT INTO run_documents (run, data) VALUES (?, ?)
ON CONFLICT (run) DO UPDATE SET data = excluded.data;

-- name: DOCUMENT_DELETE
DELETE FROM run_documents WHERE run = ?;

-- name: METRICS_INDEX
UPDATE metrics SET indexed_in = ? WHERE run = ? AND indexed_in IS NULL;

-- name: PARAMS_INDEX
UPDATE params SET indexed_in = ? WHERE run = ? AND indexed_in IS NULL;

-- name: TAGS_INDEX
UPDATE tags SET indexed_in = ? WHERE run = ? AND indexed_in IS NULL;

-- name: RUNS_NOT_SETTLED
SELECT id FROM runs INDEXED BY runs_not_settled WHERE is_settled = 0;

-- name: RUNS_NOT_INDEXED
-- Settled runs of experiments that have more runs than the parameter.
SELECT r.id FROM runs r INDEXED BY runs_not_indexed
WHERE r.is_indexed = 0 AND r.is_settled = 1 AND r.experiment IN (
    SELECT e.id FROM experiments e
    WHERE EXISTS (SELECT 1 FROM runs x INDEXED BY runs_by_start
        WHERE x.experiment = e.id LIMIT 1 OFFSET ?)
)
LIMIT ?;

-- name: RUNS_SELECT
SELECT r.id, r.run_id, r.experiment, r.name, r.user_id, r.status, r.start_time, r.end_time,
    r.artifact_uri, r.is_active
FROM json_each(?) chosen CROSS JOIN runs r ON r.id = chosen.value
ORDER BY chosen.key;

-- name: RUNS_SELECT_WITH_DOCUMENTS
-- A run that has changed since its document was written is not settled any more.
SELECT r.id, r.run_id, r.experiment, r.name, r.user_id, r.status, r.start_time, r.end_time,
    r.artifact_uri, r.is_active, d.data,
    EXISTS (SELECT 1 FROM dataset_inputs i WHERE i.run = r.id)
        OR EXISTS (SELECT 1 FROM model_inputs i WHERE i.run = r.id)
        OR EXISTS (SELECT 1 FROM model_outputs o WHERE o.run = r.id)
FROM json_each(?) chosen CROSS JOIN runs r ON r.id = chosen.value
LEFT JOIN run_documents d ON d.run = r.id AND r.is_settled = 1
ORDER BY chosen.key;

-- name: RUNS_COUNT_SOME
SELECT count(*) FROM (
    SELECT 1 FROM runs INDEXED BY runs_by_start
    WHERE experiment IN (SELECT value FROM json_each(?)) LIMIT ?
) counted;

-- name: EXPERIMENTS_WITH_RUNS
SELECT e.id FROM experiments e WHERE EXISTS (SELECT 1 FROM runs r WHERE r.experiment = e.id);

-- name: KEY_NAMES
SELECT id, name FROM keys WHERE id IN (SELECT value FROM json_each(?));

-- name: KEYS_SELECT
SELECT id, name FROM keys WHERE name IN (SELECT value FROM json_each(? /* texts */));

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
SELECT run, key, value FROM params
WHERE run IN (SELECT value FROM json_each(?))
ORDER BY run, key;

-- name: PARAMS_SELECT_SOME
SELECT p.run, p.key, p.value
FROM json_each(?) chosen CROSS JOIN json_each(?) wanted
CROSS JOIN params p ON p.run = chosen.value AND p.key = wanted.value
ORDER BY chosen.key, p.key;

-- name: TAG_UPSERT
INSERT INTO tags (run, key, value) VALUES (?, ?, ?)
ON CONFLICT (run, key) DO UPDATE SET value = excluded.value, indexed_in = NULL;

-- name: TAG_SELECT
SELECT value FROM tags WHERE run = ? AND key = ?;

-- name: TAG_DELETE
DELETE FROM tags WHERE run = ? AND key = ? RETURNING key;

-- name: TAGS_SELECT
SELECT run, key, value FROM tags
WHERE run IN (SELECT value FROM json_each(?))
ORDER BY run, key;

-- name: TAGS_SELECT_SOME
SELECT t.run, t.key, t.value
FROM json_each(?) chosen CROSS JOIN json_each(?) wanted
CROSS JOIN tags t ON t.run = chosen.value AND t.key = wanted.value
ORDER BY chosen.key, t.key;
