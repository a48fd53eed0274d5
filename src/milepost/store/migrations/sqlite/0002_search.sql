-- expand
-- What searches need: who is whose child, and values by key within an experiment.

ALTER TABLE runs ADD COLUMN parent_run_id TEXT; -- the tag mlflow.parentRunId
UPDATE runs SET parent_run_id = (
    SELECT t.value FROM tags t JOIN keys k ON k.id = t.key
    WHERE t.run = runs.id AND k.name = 'mlflow.parentRunId' AND t.value <> runs.run_id
);
CREATE INDEX runs_by_parent ON runs (parent_run_id) WHERE parent_run_id IS NOT NULL;

-- What a search reads of a run that has rested; is_settled = 0 says that it is out of date.
ALTER TABLE runs ADD COLUMN is_settled INTEGER NOT NULL DEFAULT 0;
CREATE INDEX runs_not_settled ON runs (id) WHERE is_settled = 0;
CREATE TABLE run_documents (
    run INTEGER PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
    data BLOB NOT NULL -- the run's data as the wire's JSON
) STRICT;

-- Settled rows of large experiments are in the indexes by value: indexed_in is their experiment
-- then, and NULL before. A run with any row that is not indexed has is_indexed = 0.
ALTER TABLE runs ADD COLUMN is_indexed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX runs_not_indexed ON runs (experiment) WHERE is_indexed = 0;

ALTER TABLE metrics ADD COLUMN indexed_in INTEGER;
CREATE INDEX metrics_by_value ON metrics (indexed_in, key, last_value, run)
WHERE indexed_in IS NOT NULL;

ALTER TABLE params ADD COLUMN indexed_in INTEGER;
CREATE INDEX params_by_value ON params (indexed_in, key, value, run)
WHERE indexed_in IS NOT NULL;

ALTER TABLE tags ADD COLUMN indexed_in INTEGER;
CREATE INDEX tags_by_value ON tags (indexed_in, key, value, run)
WHERE indexed_in IS NOT NULL;

-- Series whose count may hold duplicates: they are counted before a search by mean or count.
CREATE INDEX metrics_inexact ON metrics (key, run) WHERE is_exact = 0;
