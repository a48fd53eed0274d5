-- What runs have: keys, how many runs have each, and whether their values differ.

-- name: SCOPE_SELECT
SELECT id FROM runs r
WHERE (? = 1 OR r.experiment IN (SELECT value FROM json_each(?))) AND r.is_active BETWEEN ? AND ?
ORDER BY r.start_time DESC LIMIT ?;

-- name: PARAMS_OF_RUNS
SELECT k.name, count(*), min(p.value) IS NOT max(p.value), 1
FROM json_each(?) r CROSS JOIN params p ON p.run = r.value CROSS JOIN keys k ON k.id = p.key
GROUP BY k.id ORDER BY k.name;

-- name: TAGS_OF_RUNS
SELECT k.name, count(*), min(p.value) IS NOT max(p.value), 1
FROM json_each(?) r CROSS JOIN tags p ON p.run = r.value CROSS JOIN keys k ON k.id = p.key
GROUP BY k.id ORDER BY k.name;

-- name: METRICS_OF_RUNS
SELECT k.name, count(*), min(m.last_value) IS NOT max(m.last_value), max(m.point_count)
FROM json_each(?) r CROSS JOIN metrics m ON m.run = r.value CROSS JOIN keys k ON k.id = m.key
GROUP BY k.id ORDER BY k.name;

-- name: EXPERIMENTS_SUMMARIZE
SELECT e.id, count(r.id), max(r.start_time), count(r.id) FILTER (WHERE r.status = 1)
FROM json_each(?) chosen JOIN experiments e ON e.id = chosen.value
LEFT JOIN runs r ON r.experiment = e.id AND r.is_active = 1
GROUP BY e.id;

-- name: PARAM_VALUES
SELECT p.run, p.value FROM json_each(?) r
CROSS JOIN params p ON p.run = r.value AND p.key = (SELECT id FROM keys WHERE name = ?);

-- name: TAG_VALUES
SELECT p.run, p.value FROM json_each(?) r
CROSS JOIN tags p ON p.run = r.value AND p.key = (SELECT id FROM keys WHERE name = ?);

-- name: METRIC_VALUES
SELECT m.run, m.last_value, m.first_value, m.min_value, m.max_value, m.total, m.point_count,
    m.nan_count
FROM json_each(?) r
CROSS JOIN metrics m ON m.run = r.value AND m.key = (SELECT id FROM keys WHERE name = ?);

-- name: ATTRIBUTE_VALUES
SELECT r.id, r.name, r.user_id, r.status, r.experiment, r.start_time, r.end_time,
    r.parent_run_id, r.is_active, r.run_id
FROM json_each(?) chosen CROSS JOIN runs r ON r.id = chosen.value;

-- name: CHANGED_RUNS
SELECT r.id, r.run_id, r.experiment FROM json_each(?) chosen JOIN runs r ON r.id = chosen.value;
