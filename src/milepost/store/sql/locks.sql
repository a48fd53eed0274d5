-- What PostgreSQL alone needs: one order of locks for writers in several processes.

-- name: STRUCTURE_OWN
SELECT pg_advisory_xact_lock(?::int, ?::int);

-- name: RUNS_LOCK
-- With the columns that the writer wants to know of a run: they stay as they are until it commits.
SELECT run_id, id, experiment, is_active, is_settled FROM runs
WHERE run_id IN (SELECT value FROM json_each(? /* texts */)) OR id IN (SELECT value FROM json_each(?))
ORDER BY id
FOR NO KEY UPDATE;

-- name: LEAD_TAKE
SELECT pg_try_advisory_lock(?::int, ?::int);

-- name: KEY_ADD
INSERT INTO keys (name) VALUES (?) ON CONFLICT (name) DO NOTHING RETURNING id;

-- name: EXPERIMENT_ID_PASS
SELECT setval('experiments_id_seq', greatest(?::bigint, (SELECT last_value FROM experiments_id_seq)));

-- name: TABLES_COUNT
SELECT count(*) FROM pg_tables WHERE schemaname = current_schema();

-- name: OWNER_SELECT
SELECT obj_description(to_regclass('schema_migrations'), 'pg_class');

-- name: IDENTITY
-- One schema of one database of one server, which started at a microsecond of its own.
SELECT pg_postmaster_start_time()::text, current_database()::text, current_schema()::text;

-- name: MAY_WRITE
SELECT coalesce(bool_and(has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
    AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE')), FALSE)
FROM pg_class
WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p');

-- name: DATABASE_SIZE
SELECT pg_database_size(current_database());

-- name: TELL
SELECT pg_notify(?::text, ?::text);

-- name: SCHEMA_HOLD
SELECT pg_advisory_lock(?::int, ?::int);

-- name: SERVERS_COUNT
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name LIKE 'milepost%' AND pid <> pg_backend_pid();

-- name: OLDER_SERVERS
SELECT coalesce(host(client_addr), 'this machine'), count(*) FROM pg_stat_activity
WHERE datname = current_database() AND application_name LIKE 'milepost%'
    AND coalesce(substring(application_name from '^milepost schema ([0-9]+)$')::int, 0) < ?
GROUP BY 1 ORDER BY 1;
