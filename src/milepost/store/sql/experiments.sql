-- Experiments and their tags. Lists of ids come as one JSON text.

-- name: EXPERIMENT_INSERT
INSERT INTO experiments (name, artifact_location, creation_time, last_update_time)
VALUES (?, ?, ?, ?)
ON CONFLICT (name) DO NOTHING
RETURNING id;

-- name: EXPERIMENT_INSERT_DEFAULT
INSERT INTO experiments (id, name, artifact_location, creation_time, last_update_time)
VALUES (0, 'Default', ?, ?, ?)
ON CONFLICT DO NOTHING;

-- name: EXPERIMENT_SET_LOCATION
UPDATE experiments SET artifact_location = ? WHERE id = ?;

-- name: EXPERIMENT_SELECT
SELECT id, name, artifact_location, is_active, creation_time, last_update_time
FROM experiments WHERE id = ?;

-- name: EXPERIMENT_SELECT_BY_NAME
SELECT id, name, artifact_location, is_active, creation_time, last_update_time
FROM experiments WHERE name = ?;

-- name: EXPERIMENT_SET_ACTIVE
UPDATE experiments SET is_active = ?, last_update_time = ? WHERE id = ? AND is_active = ?
RETURNING id;

-- name: EXPERIMENT_RENAME
UPDATE experiments SET name = ?, last_update_time = ? WHERE id = ?;

-- name: EXPERIMENT_NAME_TAKEN
SELECT 1 FROM experiments WHERE name = ? AND id <> ?;

-- name: EXPERIMENT_TAGS_SELECT
SELECT experiment, key, value FROM experiment_tags
WHERE experiment IN (SELECT value FROM json_each(?))
ORDER BY experiment, key;

-- name: EXPERIMENT_TAG_UPSERT
INSERT INTO experiment_tags (experiment, key, value) VALUES (?, ?, ?)
ON CONFLICT (experiment, key) DO UPDATE SET value = excluded.value;

-- name: EXPERIMENT_TAG_DELETE
DELETE FROM experiment_tags WHERE experiment = ? AND key = ? RETURNING key;
