-- Datasets and models that a run read or made. Lists of ids come as one JSON text.

-- name: DATASET_INSERT
INSERT INTO datasets (experiment, name, digest, source_type, source, schema, profile)
VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (experiment, name, digest) DO NOTHING;

-- name: DATASET_SELECT
SELECT id FROM datasets WHERE experiment = ? AND name = ? AND digest = ?;

-- name: DATASET_INPUT_INSERT
INSERT INTO dataset_inputs (run, dataset, tags, context) VALUES (?, ?, ?, ?)
ON CONFLICT (run, dataset) DO NOTHING;

-- name: DATASET_INPUTS_SELECT
SELECT i.run, i.tags, d.name, d.digest, d.source_type, d.source, d.schema, d.profile
FROM dataset_inputs i JOIN datasets d ON d.id = i.dataset
WHERE i.run IN (SELECT value FROM json_each(?))
ORDER BY i.run, i.dataset;

-- name: DATASET_SUMMARIES_SELECT
SELECT DISTINCT d.experiment, d.name, d.digest, i.context
FROM datasets d JOIN dataset_inputs i ON i.dataset = d.id
WHERE d.experiment IN (SELECT value FROM json_each(?))
ORDER BY d.experiment, d.name, d.digest, i.context
LIMIT ?;

-- name: MODEL_INPUT_INSERT
INSERT INTO model_inputs (run, model_id) VALUES (?, ?) ON CONFLICT DO NOTHING;

-- name: MODEL_INPUTS_SELECT
SELECT run, model_id FROM model_inputs
WHERE run IN (SELECT value FROM json_each(?))
ORDER BY run, model_id;

-- name: MODEL_OUTPUT_INSERT
INSERT INTO model_outputs (run, model_id, step) VALUES (?, ?, ?) ON CONFLICT DO NOTHING;

-- name: MODEL_OUTPUTS_SELECT
SELECT run, model_id, step FROM model_outputs
WHERE run IN (SELECT value FROM json_each(?))
ORDER BY run, step, model_id;
