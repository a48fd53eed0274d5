-- expand
-- The first schema. Surrogate integer ids inside, wire ids at the edge; hot tables are keyed by run.
-- Columns that hold a metric's value are ANY: REAL would lose the sign of -0.0. NaN is NULL there.

CREATE TABLE experiments (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- the wire's experiment_id; never used twice
    name TEXT NOT NULL UNIQUE,
    artifact_location TEXT NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1,
    creation_time INTEGER NOT NULL,
    last_update_time INTEGER NOT NULL
) STRICT;

CREATE INDEX experiments_by_creation ON experiments (creation_time DESC, id);

CREATE TABLE experiment_tags (
    experiment INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (experiment, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    run_id TEXT NOT NULL UNIQUE,
    experiment INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    user_id TEXT NOT NULL,
    status INTEGER NOT NULL,
    start_time INTEGER NOT NULL,
    end_time INTEGER,
    artifact_uri TEXT NOT NULL,
    is_active INTEGER NOT NULL DEFAULT 1,
    deleted_time INTEGER
) STRICT;

CREATE INDEX runs_by_start ON runs (experiment, is_active, start_time DESC, run_id);

-- The names of metrics, params and tags, each once.
CREATE TABLE keys (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE params (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    key INTEGER NOT NULL REFERENCES keys (id),
    value TEXT NOT NULL,
    PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    key INTEGER NOT NULL REFERENCES keys (id),
    value TEXT NOT NULL,
    PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;

-- One row a series: its aggregates, and how much of it is not sealed yet.
CREATE TABLE metrics (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    key INTEGER NOT NULL REFERENCES keys (id),
    last_value ANY,
    last_step INTEGER NOT NULL,
    last_timestamp INTEGER NOT NULL,
    first_value ANY,
    first_step INTEGER NOT NULL,
    first_timestamp INTEGER NOT NULL,
    min_value ANY, -- NULL: no value but NaN
    min_step INTEGER,
    max_value ANY,
    max_step INTEGER,
    total ANY, -- NULL: the sum itself is NaN (+Inf and -Inf)
    point_count INTEGER NOT NULL,
    nan_count INTEGER NOT NULL,
    is_exact INTEGER NOT NULL, -- 0: the three counts before may hold duplicates; count again
    timestamp_max INTEGER NOT NULL,
    raw_chunks INTEGER NOT NULL,
    raw_points INTEGER NOT NULL,
    PRIMARY KEY (run, key)
) STRICT, WITHOUT ROWID;

-- The points of a series, as columns. Raw chunks are as a commit left them; sealed ones are sorted.
CREATE TABLE metric_chunks (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    key INTEGER NOT NULL REFERENCES keys (id),
    is_sealed INTEGER NOT NULL,
    codec INTEGER NOT NULL,
    point_count INTEGER NOT NULL,
    step_min INTEGER NOT NULL,
    step_max INTEGER NOT NULL,
    timestamp_min INTEGER NOT NULL,
    timestamp_max INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT;

CREATE INDEX metric_chunks_by_series ON metric_chunks (run, key);

-- What a metric was measured on, beside its history.
CREATE TABLE metric_origins (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    key INTEGER NOT NULL REFERENCES keys (id),
    step INTEGER NOT NULL,
    timestamp INTEGER NOT NULL,
    model_id TEXT NOT NULL,
    dataset_name TEXT NOT NULL,
    dataset_digest TEXT NOT NULL,
    value ANY,
    PRIMARY KEY (run, key, step, timestamp, model_id, dataset_name, dataset_digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE datasets (
    id INTEGER PRIMARY KEY,
    experiment INTEGER NOT NULL REFERENCES experiments (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    source_type TEXT NOT NULL,
    source TEXT NOT NULL,
    schema TEXT,
    profile TEXT,
    UNIQUE (experiment, name, digest)
) STRICT;

CREATE TABLE dataset_inputs (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    dataset INTEGER NOT NULL REFERENCES datasets (id) ON DELETE CASCADE,
    tags TEXT NOT NULL, -- JSON list of [key, value]; the tags of the first logging stay
    context TEXT, -- the tag mlflow.data.context, NULL without one
    PRIMARY KEY (run, dataset)
) STRICT, WITHOUT ROWID;

CREATE INDEX dataset_inputs_by_dataset ON dataset_inputs (dataset);

CREATE TABLE model_inputs (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    model_id TEXT NOT NULL,
    PRIMARY KEY (run, model_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE model_outputs (
    run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    model_id TEXT NOT NULL,
    step INTEGER NOT NULL,
    PRIMARY KEY (run, model_id, step)
) STRICT, WITHOUT ROWID;
