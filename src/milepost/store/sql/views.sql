-- Saved views and sent links.

-- name: VIEW_INSERT
INSERT INTO views (id, experiment, name, state, creation_time, last_update_time)
VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO NOTHING;

-- name: VIEW_UPDATE
UPDATE views SET name = coalesce(?, name), state = coalesce(?, state), last_update_time = ?
WHERE id = ? AND name IS NOT NULL
RETURNING id, experiment, name, state, creation_time, last_update_time;

-- name: VIEW_DELETE
DELETE FROM views WHERE id = ? RETURNING id;

-- name: VIEW_SELECT
SELECT id, experiment, name, state, creation_time, last_update_time FROM views WHERE id = ?;

-- name: VIEWS_SELECT
SELECT id, experiment, name, state, creation_time, last_update_time FROM views
WHERE name IS NOT NULL AND experiment IS ? ORDER BY name, id LIMIT ?;

-- name: VIEWS_COUNT
SELECT count(*) FROM views WHERE name IS NOT NULL AND experiment IS ?;
