--
-- PostgreSQL database dump
--


-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: prevent_secrets_aad_mutation(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.prevent_secrets_aad_mutation() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.secret_id != NEW.secret_id OR OLD.secret_name != NEW.secret_name THEN
        RAISE EXCEPTION 'secret_id and secret_name are immutable (used as AAD in encryption)';
    END IF;
    RETURN NEW;
END;
$$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);


--
-- Name: assessments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.assessments (
    assessment_id character varying(50) NOT NULL,
    trace_id character varying(50) NOT NULL,
    name character varying(250) NOT NULL,
    assessment_type character varying(20) NOT NULL,
    value text NOT NULL,
    error text,
    created_timestamp bigint NOT NULL,
    last_updated_timestamp bigint NOT NULL,
    source_type character varying(50) NOT NULL,
    source_id character varying(250),
    run_id character varying(32),
    span_id character varying(50),
    rationale text,
    overrides character varying(50),
    valid boolean NOT NULL,
    assessment_metadata text,
    experiment_id integer,
    trace_timestamp_ms bigint,
    aggregate_value double precision,
    is_numeric_value boolean DEFAULT false NOT NULL
);


--
-- Name: budget_policies; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.budget_policies (
    budget_policy_id character varying(36) NOT NULL,
    budget_unit character varying(32) NOT NULL,
    budget_amount double precision NOT NULL,
    duration_unit character varying(32) NOT NULL,
    duration_value integer NOT NULL,
    target_scope character varying(32) NOT NULL,
    budget_action character varying(32) NOT NULL,
    created_by character varying(255),
    created_at bigint NOT NULL,
    last_updated_by character varying(255),
    last_updated_at bigint NOT NULL,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL,
    target_value character varying(255)
);


--
-- Name: datasets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.datasets (
    dataset_uuid character varying(36) NOT NULL,
    experiment_id integer NOT NULL,
    name character varying(500) NOT NULL,
    digest character varying(36) NOT NULL,
    dataset_source_type character varying(36) NOT NULL,
    dataset_source text NOT NULL,
    dataset_schema text,
    dataset_profile text
);


--
-- Name: endpoint_bindings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.endpoint_bindings (
    endpoint_id character varying(36) NOT NULL,
    resource_type character varying(50) NOT NULL,
    resource_id character varying(255) NOT NULL,
    created_at bigint NOT NULL,
    created_by character varying(255),
    last_updated_at bigint NOT NULL,
    last_updated_by character varying(255),
    display_name character varying(255)
);


--
-- Name: endpoint_model_mappings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.endpoint_model_mappings (
    mapping_id character varying(36) NOT NULL,
    endpoint_id character varying(36) NOT NULL,
    model_definition_id character varying(36) NOT NULL,
    weight double precision NOT NULL,
    created_by character varying(255),
    created_at bigint NOT NULL,
    linkage_type character varying(64) DEFAULT 'PRIMARY'::character varying NOT NULL,
    fallback_order integer
);


--
-- Name: endpoint_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.endpoint_tags (
    key character varying(250) NOT NULL,
    value character varying(5000),
    endpoint_id character varying(36) NOT NULL
);


--
-- Name: endpoints; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.endpoints (
    endpoint_id character varying(36) NOT NULL,
    name character varying(255),
    created_by character varying(255),
    created_at bigint NOT NULL,
    last_updated_by character varying(255),
    last_updated_at bigint NOT NULL,
    routing_strategy character varying(64),
    fallback_config_json text,
    experiment_id integer,
    usage_tracking boolean DEFAULT false NOT NULL,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL
);


--
-- Name: entity_associations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.entity_associations (
    association_id character varying(36) NOT NULL,
    source_type character varying(36) NOT NULL,
    source_id character varying(36) NOT NULL,
    destination_type character varying(36) NOT NULL,
    destination_id character varying(36) NOT NULL,
    created_time bigint
);


--
-- Name: evaluation_dataset_records; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_dataset_records (
    dataset_record_id character varying(36) NOT NULL,
    dataset_id character varying(36) NOT NULL,
    inputs json NOT NULL,
    expectations json,
    tags json,
    source json,
    source_id character varying(36),
    source_type character varying(255),
    created_time bigint,
    last_update_time bigint,
    created_by character varying(255),
    last_updated_by character varying(255),
    input_hash character varying(64) NOT NULL,
    outputs json
);


--
-- Name: evaluation_dataset_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_dataset_tags (
    dataset_id character varying(36) NOT NULL,
    key character varying(255) NOT NULL,
    value character varying(5000)
);


--
-- Name: evaluation_datasets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.evaluation_datasets (
    dataset_id character varying(36) NOT NULL,
    name character varying(255) NOT NULL,
    schema text,
    profile text,
    digest character varying(64),
    created_time bigint,
    last_update_time bigint,
    created_by character varying(255),
    last_updated_by character varying(255),
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL
);


--
-- Name: experiment_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.experiment_tags (
    key character varying(250) NOT NULL,
    value text,
    experiment_id integer NOT NULL
);


--
-- Name: experiments; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.experiments (
    experiment_id integer NOT NULL,
    name character varying(256) NOT NULL,
    artifact_location character varying(256),
    lifecycle_stage character varying(32),
    creation_time bigint,
    last_update_time bigint,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL,
    CONSTRAINT experiments_lifecycle_stage CHECK (((lifecycle_stage)::text = ANY ((ARRAY['active'::character varying, 'deleted'::character varying])::text[])))
);


--
-- Name: experiments_experiment_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.experiments_experiment_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: experiments_experiment_id_seq; Type: SEQUENCE OWNED BY; Schema: public; Owner: -
--

ALTER SEQUENCE public.experiments_experiment_id_seq OWNED BY public.experiments.experiment_id;


--
-- Name: guardrail_configs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.guardrail_configs (
    endpoint_id character varying(36) NOT NULL,
    guardrail_id character varying(36) NOT NULL,
    execution_order integer,
    created_by character varying(255),
    created_at bigint NOT NULL,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL
);


--
-- Name: guardrails; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.guardrails (
    guardrail_id character varying(36) NOT NULL,
    name character varying(255) NOT NULL,
    scorer_id character varying(36) NOT NULL,
    scorer_version integer NOT NULL,
    stage character varying(32) NOT NULL,
    action character varying(32) NOT NULL,
    action_endpoint_id character varying(36),
    created_by character varying(255),
    created_at bigint NOT NULL,
    last_updated_by character varying(255),
    last_updated_at bigint NOT NULL,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL
);


--
-- Name: input_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.input_tags (
    input_uuid character varying(36) NOT NULL,
    name character varying(255) NOT NULL,
    value character varying(500) NOT NULL
);


--
-- Name: inputs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.inputs (
    input_uuid character varying(36) NOT NULL,
    source_type character varying(36) NOT NULL,
    source_id character varying(36) NOT NULL,
    destination_type character varying(36) NOT NULL,
    destination_id character varying(36) NOT NULL,
    step bigint DEFAULT '0'::bigint NOT NULL
);


--
-- Name: issues; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.issues (
    issue_id character varying(36) NOT NULL,
    experiment_id integer NOT NULL,
    name character varying(250) NOT NULL,
    description text NOT NULL,
    status character varying(50) NOT NULL,
    severity character varying(50),
    root_causes text,
    source_run_id character varying(32),
    categories text,
    created_timestamp bigint NOT NULL,
    last_updated_timestamp bigint NOT NULL,
    created_by character varying(255)
);


--
-- Name: job_locks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.job_locks (
    lock_key character varying(255) NOT NULL,
    job_id character varying(36) NOT NULL,
    acquired_at bigint NOT NULL
);


--
-- Name: jobs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.jobs (
    id character varying(36) NOT NULL,
    creation_time bigint NOT NULL,
    job_name character varying(500) CONSTRAINT jobs_function_fullname_not_null NOT NULL,
    params text NOT NULL,
    timeout double precision,
    status integer NOT NULL,
    result text,
    retry_count integer NOT NULL,
    last_update_time bigint NOT NULL,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL,
    status_details json,
    creator character varying(255),
    executor_backend character varying(255),
    lease_expires_at bigint,
    status_message text,
    progress json,
    progress_updated_at bigint,
    token_hash character varying(64),
    scoped_permissions json,
    next_attempt_at bigint
);


--
-- Name: label_schemas; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.label_schemas (
    schema_id character varying(36) NOT NULL,
    experiment_id integer NOT NULL,
    name character varying(250) NOT NULL,
    type character varying(16) NOT NULL,
    instruction text,
    enable_comment boolean DEFAULT false NOT NULL,
    input_type character varying(32) NOT NULL,
    input_config text NOT NULL,
    created_by character varying(255),
    created_time bigint NOT NULL,
    last_update_time bigint NOT NULL,
    is_default boolean DEFAULT false NOT NULL
);


--
-- Name: latest_metrics; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.latest_metrics (
    key character varying(250) NOT NULL,
    value double precision NOT NULL,
    "timestamp" bigint,
    step bigint NOT NULL,
    is_nan boolean NOT NULL,
    run_uuid character varying(32) NOT NULL
);


--
-- Name: logged_model_metrics; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.logged_model_metrics (
    model_id character varying(36) NOT NULL,
    metric_name character varying(500) NOT NULL,
    metric_timestamp_ms bigint NOT NULL,
    metric_step bigint NOT NULL,
    metric_value double precision,
    experiment_id integer NOT NULL,
    run_id character varying(32) NOT NULL,
    dataset_uuid character varying(36),
    dataset_name character varying(500),
    dataset_digest character varying(36)
);


--
-- Name: logged_model_params; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.logged_model_params (
    model_id character varying(36) NOT NULL,
    experiment_id integer NOT NULL,
    param_key character varying(255) NOT NULL,
    param_value text NOT NULL
);


--
-- Name: logged_model_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.logged_model_tags (
    model_id character varying(36) NOT NULL,
    experiment_id integer NOT NULL,
    tag_key character varying(255) NOT NULL,
    tag_value text NOT NULL
);


--
-- Name: logged_models; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.logged_models (
    model_id character varying(36) NOT NULL,
    experiment_id integer NOT NULL,
    name character varying(500) NOT NULL,
    artifact_location character varying(1000) NOT NULL,
    creation_timestamp_ms bigint NOT NULL,
    last_updated_timestamp_ms bigint NOT NULL,
    status integer NOT NULL,
    lifecycle_stage character varying(32),
    model_type character varying(500),
    source_run_id character varying(32),
    status_message character varying(1000),
    CONSTRAINT logged_models_lifecycle_stage_check CHECK (((lifecycle_stage)::text = ANY ((ARRAY['active'::character varying, 'deleted'::character varying])::text[])))
);


--
-- Name: mcp_access_endpoints; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mcp_access_endpoints (
    id character varying(36) NOT NULL,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL,
    server_name character varying(256) NOT NULL,
    server_version character varying(128),
    server_alias character varying(256),
    url character varying(2048) NOT NULL,
    transport_type character varying(32) DEFAULT 'streamable-http'::character varying NOT NULL,
    created_by character varying(256),
    last_updated_by character varying(256),
    created_at bigint NOT NULL,
    last_updated_at bigint NOT NULL
);


--
-- Name: mcp_server_aliases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mcp_server_aliases (
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL,
    name character varying(256) NOT NULL,
    alias character varying(256) NOT NULL,
    version character varying(128) NOT NULL
);


--
-- Name: mcp_server_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mcp_server_tags (
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL,
    name character varying(256) NOT NULL,
    key character varying(250) NOT NULL,
    value character varying(5000)
);


--
-- Name: mcp_server_version_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mcp_server_version_tags (
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL,
    name character varying(256) NOT NULL,
    version character varying(128) NOT NULL,
    key character varying(250) NOT NULL,
    value character varying(5000)
);


--
-- Name: mcp_server_versions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mcp_server_versions (
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL,
    name character varying(256) NOT NULL,
    version character varying(128) NOT NULL,
    version_major integer NOT NULL,
    version_minor integer NOT NULL,
    version_patch integer NOT NULL,
    version_prerelease_sort_key character varying(512) NOT NULL,
    server_json json NOT NULL,
    status character varying(20) DEFAULT 'draft'::character varying NOT NULL,
    tools json,
    source character varying(512),
    connect_options json,
    created_by character varying(256),
    last_updated_by character varying(256),
    created_at bigint NOT NULL,
    last_updated_at bigint NOT NULL
);


--
-- Name: mcp_servers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.mcp_servers (
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL,
    name character varying(256) NOT NULL,
    display_name character varying(256),
    description text,
    icons json,
    created_by character varying(256),
    last_updated_by character varying(256),
    created_at bigint NOT NULL,
    last_updated_at bigint NOT NULL
);


--
-- Name: metrics; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.metrics (
    key character varying(250) NOT NULL,
    value double precision NOT NULL,
    "timestamp" bigint NOT NULL,
    run_uuid character varying(32) NOT NULL,
    step bigint DEFAULT '0'::bigint NOT NULL,
    is_nan boolean DEFAULT false NOT NULL
);


--
-- Name: model_definitions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.model_definitions (
    model_definition_id character varying(36) NOT NULL,
    name character varying(255) NOT NULL,
    secret_id character varying(36),
    provider character varying(64) NOT NULL,
    model_name character varying(256) NOT NULL,
    created_by character varying(255),
    created_at bigint NOT NULL,
    last_updated_by character varying(255),
    last_updated_at bigint NOT NULL,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL
);


--
-- Name: model_version_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.model_version_tags (
    key character varying(250) NOT NULL,
    value text,
    name character varying(256) NOT NULL,
    version integer NOT NULL,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL
);


--
-- Name: model_versions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.model_versions (
    name character varying(256) NOT NULL,
    version integer NOT NULL,
    creation_time bigint,
    last_updated_time bigint,
    description character varying(5000),
    user_id character varying(256),
    current_stage character varying(20),
    source character varying(500),
    run_id character varying(32),
    status character varying(20),
    status_message character varying(500),
    run_link character varying(500),
    storage_location character varying(500),
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL
);


--
-- Name: online_scoring_configs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.online_scoring_configs (
    online_scoring_config_id character varying(36) NOT NULL,
    scorer_id character varying(36) NOT NULL,
    sample_rate double precision NOT NULL,
    experiment_id integer NOT NULL,
    filter_string text
);


--
-- Name: params; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.params (
    key character varying(250) NOT NULL,
    value character varying(8000) NOT NULL,
    run_uuid character varying(32) NOT NULL
);


--
-- Name: registered_model_aliases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.registered_model_aliases (
    alias character varying(256) NOT NULL,
    version integer NOT NULL,
    name character varying(256) NOT NULL,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL
);


--
-- Name: registered_model_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.registered_model_tags (
    key character varying(250) NOT NULL,
    value character varying(5000),
    name character varying(256) NOT NULL,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL
);


--
-- Name: registered_models; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.registered_models (
    name character varying(256) NOT NULL,
    creation_time bigint,
    last_updated_time bigint,
    description character varying(5000),
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL
);


--
-- Name: review_queue_items; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.review_queue_items (
    queue_id character varying(36) NOT NULL,
    item_type character varying(16) NOT NULL,
    item_id character varying(50) NOT NULL,
    status character varying(16) NOT NULL,
    completed_by character varying(250),
    completed_time_ms bigint,
    creation_time_ms bigint NOT NULL,
    last_update_time_ms bigint NOT NULL
);


--
-- Name: review_queue_label_schemas; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.review_queue_label_schemas (
    queue_id character varying(36) NOT NULL,
    schema_id character varying(36) NOT NULL
);


--
-- Name: review_queue_users; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.review_queue_users (
    queue_id character varying(36) NOT NULL,
    user_id character varying(250) NOT NULL
);


--
-- Name: review_queues; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.review_queues (
    queue_id character varying(36) NOT NULL,
    experiment_id integer NOT NULL,
    name character varying(250) NOT NULL,
    queue_type character varying(16) NOT NULL,
    created_by character varying(255),
    creation_time_ms bigint NOT NULL,
    last_update_time_ms bigint NOT NULL,
    name_key character varying(250) NOT NULL
);


--
-- Name: runs; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.runs (
    run_uuid character varying(32) NOT NULL,
    name character varying(250),
    source_type character varying(20),
    source_name character varying(500),
    entry_point_name character varying(50),
    user_id character varying(256),
    status character varying(9),
    start_time bigint,
    end_time bigint,
    source_version character varying(50),
    lifecycle_stage character varying(20),
    artifact_uri character varying(200),
    experiment_id integer,
    deleted_time bigint,
    CONSTRAINT runs_lifecycle_stage CHECK (((lifecycle_stage)::text = ANY ((ARRAY['active'::character varying, 'deleted'::character varying])::text[]))),
    CONSTRAINT runs_status_check CHECK (((status)::text = ANY ((ARRAY['SCHEDULED'::character varying, 'FAILED'::character varying, 'FINISHED'::character varying, 'RUNNING'::character varying, 'KILLED'::character varying])::text[]))),
    CONSTRAINT source_type CHECK (((source_type)::text = ANY ((ARRAY['NOTEBOOK'::character varying, 'JOB'::character varying, 'LOCAL'::character varying, 'UNKNOWN'::character varying, 'PROJECT'::character varying])::text[])))
);


--
-- Name: scheduler_leases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.scheduler_leases (
    lease_key character varying(255) NOT NULL,
    acquired_at bigint NOT NULL,
    ttl_seconds integer NOT NULL
);


--
-- Name: scorer_versions; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.scorer_versions (
    scorer_id character varying(36) NOT NULL,
    scorer_version integer NOT NULL,
    serialized_scorer text NOT NULL,
    creation_time bigint
);


--
-- Name: scorers; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.scorers (
    experiment_id integer NOT NULL,
    scorer_name character varying(256) NOT NULL,
    scorer_id character varying(36) NOT NULL
);


--
-- Name: secrets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.secrets (
    secret_id character varying(36) NOT NULL,
    secret_name character varying(255) NOT NULL,
    encrypted_value bytea NOT NULL,
    wrapped_dek bytea NOT NULL,
    kek_version integer NOT NULL,
    masked_value character varying(500) NOT NULL,
    provider character varying(64),
    auth_config text,
    description text,
    created_by character varying(255),
    created_at bigint NOT NULL,
    last_updated_by character varying(255),
    last_updated_at bigint NOT NULL,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL
);


--
-- Name: span_metrics; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.span_metrics (
    trace_id character varying(50) NOT NULL,
    span_id character varying(50) NOT NULL,
    key character varying(250) NOT NULL,
    value double precision
);


--
-- Name: spans; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.spans (
    trace_id character varying(50) NOT NULL,
    experiment_id integer NOT NULL,
    span_id character varying(50) NOT NULL,
    parent_span_id character varying(50),
    name text,
    type character varying(500),
    status character varying(50) NOT NULL,
    start_time_unix_nano bigint NOT NULL,
    end_time_unix_nano bigint,
    duration_ns bigint GENERATED ALWAYS AS ((end_time_unix_nano - start_time_unix_nano)) STORED,
    content text NOT NULL,
    input_cost double precision,
    output_cost double precision,
    total_cost double precision,
    model_name character varying(500),
    model_provider character varying(500)
);


--
-- Name: sql_assessment_daily_rollups; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sql_assessment_daily_rollups (
    id bigint NOT NULL,
    experiment_id integer NOT NULL,
    rollup_day date NOT NULL,
    metric_name character varying(250) NOT NULL,
    grouping_set character varying(50) NOT NULL,
    sample_count bigint NOT NULL,
    sum_value double precision,
    min_value double precision,
    max_value double precision
);


--
-- Name: sql_assessment_daily_rollups_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.sql_assessment_daily_rollups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sql_assessment_daily_rollups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: sql_span_cost_daily_rollups; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sql_span_cost_daily_rollups (
    id bigint NOT NULL,
    experiment_id integer NOT NULL,
    rollup_day date NOT NULL,
    metric_name character varying(250) NOT NULL,
    grouping_set character varying(50) NOT NULL,
    model_name character varying(500),
    model_provider character varying(500),
    sample_count bigint NOT NULL,
    sum_value double precision,
    min_value double precision,
    max_value double precision
);


--
-- Name: sql_span_cost_daily_rollups_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.sql_span_cost_daily_rollups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sql_span_cost_daily_rollups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: sql_trace_metric_daily_rollups; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sql_trace_metric_daily_rollups (
    id bigint NOT NULL,
    experiment_id integer NOT NULL,
    rollup_day date NOT NULL,
    metric_name character varying(250) NOT NULL,
    grouping_set character varying(50) NOT NULL,
    trace_status character varying(50),
    sample_count bigint NOT NULL,
    sum_value double precision,
    min_value double precision,
    max_value double precision,
    p50_value double precision,
    p90_value double precision,
    p99_value double precision
);


--
-- Name: sql_trace_metric_daily_rollups_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.sql_trace_metric_daily_rollups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.sql_trace_metric_daily_rollups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: sql_trace_rollup_rebuild_queue; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.sql_trace_rollup_rebuild_queue (
    experiment_id integer NOT NULL,
    rollup_day date NOT NULL,
    rollup_family character varying(50) NOT NULL
);


--
-- Name: tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tags (
    key character varying(250) NOT NULL,
    value character varying(8000),
    run_uuid character varying(32) NOT NULL
);


--
-- Name: trace_info; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.trace_info (
    request_id character varying(50) NOT NULL,
    experiment_id integer NOT NULL,
    timestamp_ms bigint NOT NULL,
    execution_time_ms bigint,
    status character varying(50) NOT NULL,
    client_request_id character varying(50),
    request_preview character varying(1000),
    response_preview character varying(1000),
    db_payload_generation integer DEFAULT 0 NOT NULL,
    trace_name character varying(4096),
    session_id character varying(250),
    input_tokens bigint,
    output_tokens bigint,
    total_tokens bigint,
    cache_read_input_tokens bigint,
    cache_creation_input_tokens bigint,
    cache_creation_input_tokens_above_1hr bigint,
    input_cost double precision,
    output_cost double precision,
    total_cost double precision
);


--
-- Name: trace_metrics; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.trace_metrics (
    request_id character varying(50) NOT NULL,
    key character varying(250) NOT NULL,
    value double precision
);


--
-- Name: trace_request_metadata; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.trace_request_metadata (
    key character varying(250) NOT NULL,
    value character varying(8000),
    request_id character varying(50) NOT NULL
);


--
-- Name: trace_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.trace_tags (
    key character varying(250) NOT NULL,
    value character varying(8000),
    request_id character varying(50) NOT NULL
);


--
-- Name: webhook_events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.webhook_events (
    webhook_id character varying(256) NOT NULL,
    entity character varying(50) NOT NULL,
    action character varying(50) NOT NULL
);


--
-- Name: webhooks; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.webhooks (
    webhook_id character varying(256) NOT NULL,
    name character varying(256) NOT NULL,
    description character varying(1000),
    url character varying(500) NOT NULL,
    status character varying(20) DEFAULT 'ACTIVE'::character varying NOT NULL,
    secret character varying(1000),
    creation_timestamp bigint,
    last_updated_timestamp bigint,
    deleted_timestamp bigint,
    workspace character varying(63) DEFAULT 'default'::character varying NOT NULL
);


--
-- Name: workspaces; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.workspaces (
    name character varying(63) NOT NULL,
    description text,
    default_artifact_root text,
    trace_archival_location text,
    trace_archival_retention character varying(32)
);


--
-- Name: experiments experiment_id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiments ALTER COLUMN experiment_id SET DEFAULT nextval('public.experiments_experiment_id_seq'::regclass);


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('dc11669786a5');


--
-- Data for Name: assessments; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: budget_policies; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: datasets; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.datasets VALUES ('b28d69d1bdec41528873048893f87065', 1, 'ds', 'd1', 'local', 'there', '{"a": 1}', NULL);
INSERT INTO public.datasets VALUES ('5f4dd3fd56db4b8c8c20e9b19332bab9', 1, 'ds', 'd2', 'http', 'elsewhere', NULL, '{}');


--
-- Data for Name: endpoint_bindings; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: endpoint_model_mappings; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: endpoint_tags; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: endpoints; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: entity_associations; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: evaluation_dataset_records; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: evaluation_dataset_tags; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: evaluation_datasets; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: experiment_tags; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.experiment_tags VALUES ('team', 'a: b
c', 1);


--
-- Data for Name: experiments; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.experiments VALUES (0, 'Default', '/recorded/postgres/mlruns/0', 'active', 1795783360409, 1795783360409, 'default');
INSERT INTO public.experiments VALUES (1, 'exp: one', '/recorded/postgres/kept/one', 'active', 1795783360530, 1795783360530, 'default');
INSERT INTO public.experiments VALUES (2, 'gone', '/recorded/postgres/mlruns/2', 'deleted', 1795783370240, 1795783371105, 'default');


--
-- Data for Name: guardrail_configs; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: guardrails; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: input_tags; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.input_tags VALUES ('64b803d831f44827b91aa83b8dcaf8f7', 'mlflow.data.context', 'train');


--
-- Data for Name: inputs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.inputs VALUES ('64b803d831f44827b91aa83b8dcaf8f7', 'DATASET', 'b28d69d1bdec41528873048893f87065', 'RUN', 'f8d849edf7724e27a0b728ade0417c6d', 0);
INSERT INTO public.inputs VALUES ('6385462034f14a50a2df32b27df4a1a5', 'DATASET', '5f4dd3fd56db4b8c8c20e9b19332bab9', 'RUN', 'f8d849edf7724e27a0b728ade0417c6d', 0);
INSERT INTO public.inputs VALUES ('e04274a52445456196465ba1319a5d2d', 'RUN_OUTPUT', 'f8d849edf7724e27a0b728ade0417c6d', 'MODEL_OUTPUT', 'm-e17280c9da7d4229ae0cef536c37e596', 4);
INSERT INTO public.inputs VALUES ('b3ad6aee4cba4154aa177e2c901360e4', 'RUN_INPUT', 'f8d849edf7724e27a0b728ade0417c6d', 'MODEL_INPUT', 'm-e17280c9da7d4229ae0cef536c37e596', 0);


--
-- Data for Name: issues; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: job_locks; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: jobs; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: label_schemas; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: latest_metrics; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.latest_metrics VALUES ('train/loss', -2.5, 1700000000130, 6, false, 'f8d849edf7724e27a0b728ade0417c6d');
INSERT INTO public.latest_metrics VALUES ('acc', 0.5, 1795783366194, 0, false, 'f8d849edf7724e27a0b728ade0417c6d');
INSERT INTO public.latest_metrics VALUES ('long', 29.900000000000002, 1700000000299, 299, false, 'f8d849edf7724e27a0b728ade0417c6d');
INSERT INTO public.latest_metrics VALUES ('x', 1, 1795783370691, 0, false, 'e4bb5b8cd5154c57abfe42f1c7df9829');


--
-- Data for Name: logged_model_metrics; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: logged_model_params; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: logged_model_tags; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: logged_models; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.logged_models VALUES ('m-e17280c9da7d4229ae0cef536c37e596', 1, 'm', '/recorded/postgres/kept/one/models/m-e17280c9da7d4229ae0cef536c37e596/artifacts', 1795783368603, 1795783368603, 1, 'active', NULL, 'f8d849edf7724e27a0b728ade0417c6d', NULL);


--
-- Data for Name: mcp_access_endpoints; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: mcp_server_aliases; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: mcp_server_tags; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: mcp_server_version_tags; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: mcp_server_versions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: mcp_servers; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: metrics; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.metrics VALUES ('train/loss', 1, 1700000000123, 'f8d849edf7724e27a0b728ade0417c6d', -1, false);
INSERT INTO public.metrics VALUES ('train/loss', 0, 1700000000124, 'f8d849edf7724e27a0b728ade0417c6d', 0, true);
INSERT INTO public.metrics VALUES ('train/loss', 1.7976931348623157e+308, 1700000000125, 'f8d849edf7724e27a0b728ade0417c6d', 1, false);
INSERT INTO public.metrics VALUES ('train/loss', -1.7976931348623157e+308, 1700000000126, 'f8d849edf7724e27a0b728ade0417c6d', 2, false);
INSERT INTO public.metrics VALUES ('train/loss', 0, 1700000000127, 'f8d849edf7724e27a0b728ade0417c6d', 3, false);
INSERT INTO public.metrics VALUES ('train/loss', 5e-320, 1700000000128, 'f8d849edf7724e27a0b728ade0417c6d', 4, false);
INSERT INTO public.metrics VALUES ('train/loss', 0.1, 1700000000129, 'f8d849edf7724e27a0b728ade0417c6d', 5, false);
INSERT INTO public.metrics VALUES ('train/loss', -2.5, 1700000000130, 'f8d849edf7724e27a0b728ade0417c6d', 6, false);
INSERT INTO public.metrics VALUES ('acc', 0.5, 1795783366194, 'f8d849edf7724e27a0b728ade0417c6d', 0, false);
INSERT INTO public.metrics VALUES ('acc', 0.25, 1700000000000, 'f8d849edf7724e27a0b728ade0417c6d', -3, false);
INSERT INTO public.metrics VALUES ('long', 0, 1700000000000, 'f8d849edf7724e27a0b728ade0417c6d', 0, false);
INSERT INTO public.metrics VALUES ('long', 0.1, 1700000000001, 'f8d849edf7724e27a0b728ade0417c6d', 1, false);
INSERT INTO public.metrics VALUES ('long', 0.2, 1700000000002, 'f8d849edf7724e27a0b728ade0417c6d', 2, false);
INSERT INTO public.metrics VALUES ('long', 0.30000000000000004, 1700000000003, 'f8d849edf7724e27a0b728ade0417c6d', 3, false);
INSERT INTO public.metrics VALUES ('long', 0.4, 1700000000004, 'f8d849edf7724e27a0b728ade0417c6d', 4, false);
INSERT INTO public.metrics VALUES ('long', 0.5, 1700000000005, 'f8d849edf7724e27a0b728ade0417c6d', 5, false);
INSERT INTO public.metrics VALUES ('long', 0.6000000000000001, 1700000000006, 'f8d849edf7724e27a0b728ade0417c6d', 6, false);
INSERT INTO public.metrics VALUES ('long', 0.7000000000000001, 1700000000007, 'f8d849edf7724e27a0b728ade0417c6d', 7, false);
INSERT INTO public.metrics VALUES ('long', 0.8, 1700000000008, 'f8d849edf7724e27a0b728ade0417c6d', 8, false);
INSERT INTO public.metrics VALUES ('long', 0.9, 1700000000009, 'f8d849edf7724e27a0b728ade0417c6d', 9, false);
INSERT INTO public.metrics VALUES ('long', 1, 1700000000010, 'f8d849edf7724e27a0b728ade0417c6d', 10, false);
INSERT INTO public.metrics VALUES ('long', 1.1, 1700000000011, 'f8d849edf7724e27a0b728ade0417c6d', 11, false);
INSERT INTO public.metrics VALUES ('long', 1.2000000000000002, 1700000000012, 'f8d849edf7724e27a0b728ade0417c6d', 12, false);
INSERT INTO public.metrics VALUES ('long', 1.3, 1700000000013, 'f8d849edf7724e27a0b728ade0417c6d', 13, false);
INSERT INTO public.metrics VALUES ('long', 1.4000000000000001, 1700000000014, 'f8d849edf7724e27a0b728ade0417c6d', 14, false);
INSERT INTO public.metrics VALUES ('long', 1.5, 1700000000015, 'f8d849edf7724e27a0b728ade0417c6d', 15, false);
INSERT INTO public.metrics VALUES ('long', 1.6, 1700000000016, 'f8d849edf7724e27a0b728ade0417c6d', 16, false);
INSERT INTO public.metrics VALUES ('long', 1.7000000000000002, 1700000000017, 'f8d849edf7724e27a0b728ade0417c6d', 17, false);
INSERT INTO public.metrics VALUES ('long', 1.8, 1700000000018, 'f8d849edf7724e27a0b728ade0417c6d', 18, false);
INSERT INTO public.metrics VALUES ('long', 1.9000000000000001, 1700000000019, 'f8d849edf7724e27a0b728ade0417c6d', 19, false);
INSERT INTO public.metrics VALUES ('long', 2, 1700000000020, 'f8d849edf7724e27a0b728ade0417c6d', 20, false);
INSERT INTO public.metrics VALUES ('long', 2.1, 1700000000021, 'f8d849edf7724e27a0b728ade0417c6d', 21, false);
INSERT INTO public.metrics VALUES ('long', 2.2, 1700000000022, 'f8d849edf7724e27a0b728ade0417c6d', 22, false);
INSERT INTO public.metrics VALUES ('long', 2.3000000000000003, 1700000000023, 'f8d849edf7724e27a0b728ade0417c6d', 23, false);
INSERT INTO public.metrics VALUES ('long', 2.4000000000000004, 1700000000024, 'f8d849edf7724e27a0b728ade0417c6d', 24, false);
INSERT INTO public.metrics VALUES ('long', 2.5, 1700000000025, 'f8d849edf7724e27a0b728ade0417c6d', 25, false);
INSERT INTO public.metrics VALUES ('long', 2.6, 1700000000026, 'f8d849edf7724e27a0b728ade0417c6d', 26, false);
INSERT INTO public.metrics VALUES ('long', 2.7, 1700000000027, 'f8d849edf7724e27a0b728ade0417c6d', 27, false);
INSERT INTO public.metrics VALUES ('long', 2.8000000000000003, 1700000000028, 'f8d849edf7724e27a0b728ade0417c6d', 28, false);
INSERT INTO public.metrics VALUES ('long', 2.9000000000000004, 1700000000029, 'f8d849edf7724e27a0b728ade0417c6d', 29, false);
INSERT INTO public.metrics VALUES ('long', 3, 1700000000030, 'f8d849edf7724e27a0b728ade0417c6d', 30, false);
INSERT INTO public.metrics VALUES ('long', 3.1, 1700000000031, 'f8d849edf7724e27a0b728ade0417c6d', 31, false);
INSERT INTO public.metrics VALUES ('long', 3.2, 1700000000032, 'f8d849edf7724e27a0b728ade0417c6d', 32, false);
INSERT INTO public.metrics VALUES ('long', 3.3000000000000003, 1700000000033, 'f8d849edf7724e27a0b728ade0417c6d', 33, false);
INSERT INTO public.metrics VALUES ('long', 3.4000000000000004, 1700000000034, 'f8d849edf7724e27a0b728ade0417c6d', 34, false);
INSERT INTO public.metrics VALUES ('long', 3.5, 1700000000035, 'f8d849edf7724e27a0b728ade0417c6d', 35, false);
INSERT INTO public.metrics VALUES ('long', 3.6, 1700000000036, 'f8d849edf7724e27a0b728ade0417c6d', 36, false);
INSERT INTO public.metrics VALUES ('long', 3.7, 1700000000037, 'f8d849edf7724e27a0b728ade0417c6d', 37, false);
INSERT INTO public.metrics VALUES ('long', 3.8000000000000003, 1700000000038, 'f8d849edf7724e27a0b728ade0417c6d', 38, false);
INSERT INTO public.metrics VALUES ('long', 3.9000000000000004, 1700000000039, 'f8d849edf7724e27a0b728ade0417c6d', 39, false);
INSERT INTO public.metrics VALUES ('long', 4, 1700000000040, 'f8d849edf7724e27a0b728ade0417c6d', 40, false);
INSERT INTO public.metrics VALUES ('long', 4.1000000000000005, 1700000000041, 'f8d849edf7724e27a0b728ade0417c6d', 41, false);
INSERT INTO public.metrics VALUES ('long', 4.2, 1700000000042, 'f8d849edf7724e27a0b728ade0417c6d', 42, false);
INSERT INTO public.metrics VALUES ('long', 4.3, 1700000000043, 'f8d849edf7724e27a0b728ade0417c6d', 43, false);
INSERT INTO public.metrics VALUES ('long', 4.4, 1700000000044, 'f8d849edf7724e27a0b728ade0417c6d', 44, false);
INSERT INTO public.metrics VALUES ('long', 4.5, 1700000000045, 'f8d849edf7724e27a0b728ade0417c6d', 45, false);
INSERT INTO public.metrics VALUES ('long', 4.6000000000000005, 1700000000046, 'f8d849edf7724e27a0b728ade0417c6d', 46, false);
INSERT INTO public.metrics VALUES ('long', 4.7, 1700000000047, 'f8d849edf7724e27a0b728ade0417c6d', 47, false);
INSERT INTO public.metrics VALUES ('long', 4.800000000000001, 1700000000048, 'f8d849edf7724e27a0b728ade0417c6d', 48, false);
INSERT INTO public.metrics VALUES ('long', 4.9, 1700000000049, 'f8d849edf7724e27a0b728ade0417c6d', 49, false);
INSERT INTO public.metrics VALUES ('long', 5, 1700000000050, 'f8d849edf7724e27a0b728ade0417c6d', 50, false);
INSERT INTO public.metrics VALUES ('long', 5.1000000000000005, 1700000000051, 'f8d849edf7724e27a0b728ade0417c6d', 51, false);
INSERT INTO public.metrics VALUES ('long', 5.2, 1700000000052, 'f8d849edf7724e27a0b728ade0417c6d', 52, false);
INSERT INTO public.metrics VALUES ('long', 5.300000000000001, 1700000000053, 'f8d849edf7724e27a0b728ade0417c6d', 53, false);
INSERT INTO public.metrics VALUES ('long', 5.4, 1700000000054, 'f8d849edf7724e27a0b728ade0417c6d', 54, false);
INSERT INTO public.metrics VALUES ('long', 5.5, 1700000000055, 'f8d849edf7724e27a0b728ade0417c6d', 55, false);
INSERT INTO public.metrics VALUES ('long', 5.6000000000000005, 1700000000056, 'f8d849edf7724e27a0b728ade0417c6d', 56, false);
INSERT INTO public.metrics VALUES ('long', 5.7, 1700000000057, 'f8d849edf7724e27a0b728ade0417c6d', 57, false);
INSERT INTO public.metrics VALUES ('long', 5.800000000000001, 1700000000058, 'f8d849edf7724e27a0b728ade0417c6d', 58, false);
INSERT INTO public.metrics VALUES ('long', 5.9, 1700000000059, 'f8d849edf7724e27a0b728ade0417c6d', 59, false);
INSERT INTO public.metrics VALUES ('long', 6, 1700000000060, 'f8d849edf7724e27a0b728ade0417c6d', 60, false);
INSERT INTO public.metrics VALUES ('long', 6.1000000000000005, 1700000000061, 'f8d849edf7724e27a0b728ade0417c6d', 61, false);
INSERT INTO public.metrics VALUES ('long', 6.2, 1700000000062, 'f8d849edf7724e27a0b728ade0417c6d', 62, false);
INSERT INTO public.metrics VALUES ('long', 6.300000000000001, 1700000000063, 'f8d849edf7724e27a0b728ade0417c6d', 63, false);
INSERT INTO public.metrics VALUES ('long', 6.4, 1700000000064, 'f8d849edf7724e27a0b728ade0417c6d', 64, false);
INSERT INTO public.metrics VALUES ('long', 6.5, 1700000000065, 'f8d849edf7724e27a0b728ade0417c6d', 65, false);
INSERT INTO public.metrics VALUES ('long', 6.6000000000000005, 1700000000066, 'f8d849edf7724e27a0b728ade0417c6d', 66, false);
INSERT INTO public.metrics VALUES ('long', 6.7, 1700000000067, 'f8d849edf7724e27a0b728ade0417c6d', 67, false);
INSERT INTO public.metrics VALUES ('long', 6.800000000000001, 1700000000068, 'f8d849edf7724e27a0b728ade0417c6d', 68, false);
INSERT INTO public.metrics VALUES ('long', 6.9, 1700000000069, 'f8d849edf7724e27a0b728ade0417c6d', 69, false);
INSERT INTO public.metrics VALUES ('long', 7, 1700000000070, 'f8d849edf7724e27a0b728ade0417c6d', 70, false);
INSERT INTO public.metrics VALUES ('long', 7.1000000000000005, 1700000000071, 'f8d849edf7724e27a0b728ade0417c6d', 71, false);
INSERT INTO public.metrics VALUES ('long', 7.2, 1700000000072, 'f8d849edf7724e27a0b728ade0417c6d', 72, false);
INSERT INTO public.metrics VALUES ('long', 7.300000000000001, 1700000000073, 'f8d849edf7724e27a0b728ade0417c6d', 73, false);
INSERT INTO public.metrics VALUES ('long', 7.4, 1700000000074, 'f8d849edf7724e27a0b728ade0417c6d', 74, false);
INSERT INTO public.metrics VALUES ('long', 7.5, 1700000000075, 'f8d849edf7724e27a0b728ade0417c6d', 75, false);
INSERT INTO public.metrics VALUES ('long', 7.6000000000000005, 1700000000076, 'f8d849edf7724e27a0b728ade0417c6d', 76, false);
INSERT INTO public.metrics VALUES ('long', 7.7, 1700000000077, 'f8d849edf7724e27a0b728ade0417c6d', 77, false);
INSERT INTO public.metrics VALUES ('long', 7.800000000000001, 1700000000078, 'f8d849edf7724e27a0b728ade0417c6d', 78, false);
INSERT INTO public.metrics VALUES ('long', 7.9, 1700000000079, 'f8d849edf7724e27a0b728ade0417c6d', 79, false);
INSERT INTO public.metrics VALUES ('long', 8, 1700000000080, 'f8d849edf7724e27a0b728ade0417c6d', 80, false);
INSERT INTO public.metrics VALUES ('long', 8.1, 1700000000081, 'f8d849edf7724e27a0b728ade0417c6d', 81, false);
INSERT INTO public.metrics VALUES ('long', 8.200000000000001, 1700000000082, 'f8d849edf7724e27a0b728ade0417c6d', 82, false);
INSERT INTO public.metrics VALUES ('long', 8.3, 1700000000083, 'f8d849edf7724e27a0b728ade0417c6d', 83, false);
INSERT INTO public.metrics VALUES ('long', 8.4, 1700000000084, 'f8d849edf7724e27a0b728ade0417c6d', 84, false);
INSERT INTO public.metrics VALUES ('long', 8.5, 1700000000085, 'f8d849edf7724e27a0b728ade0417c6d', 85, false);
INSERT INTO public.metrics VALUES ('long', 8.6, 1700000000086, 'f8d849edf7724e27a0b728ade0417c6d', 86, false);
INSERT INTO public.metrics VALUES ('long', 8.700000000000001, 1700000000087, 'f8d849edf7724e27a0b728ade0417c6d', 87, false);
INSERT INTO public.metrics VALUES ('long', 8.8, 1700000000088, 'f8d849edf7724e27a0b728ade0417c6d', 88, false);
INSERT INTO public.metrics VALUES ('long', 8.9, 1700000000089, 'f8d849edf7724e27a0b728ade0417c6d', 89, false);
INSERT INTO public.metrics VALUES ('long', 9, 1700000000090, 'f8d849edf7724e27a0b728ade0417c6d', 90, false);
INSERT INTO public.metrics VALUES ('long', 9.1, 1700000000091, 'f8d849edf7724e27a0b728ade0417c6d', 91, false);
INSERT INTO public.metrics VALUES ('long', 9.200000000000001, 1700000000092, 'f8d849edf7724e27a0b728ade0417c6d', 92, false);
INSERT INTO public.metrics VALUES ('long', 9.3, 1700000000093, 'f8d849edf7724e27a0b728ade0417c6d', 93, false);
INSERT INTO public.metrics VALUES ('long', 9.4, 1700000000094, 'f8d849edf7724e27a0b728ade0417c6d', 94, false);
INSERT INTO public.metrics VALUES ('long', 9.5, 1700000000095, 'f8d849edf7724e27a0b728ade0417c6d', 95, false);
INSERT INTO public.metrics VALUES ('long', 9.600000000000001, 1700000000096, 'f8d849edf7724e27a0b728ade0417c6d', 96, false);
INSERT INTO public.metrics VALUES ('long', 9.700000000000001, 1700000000097, 'f8d849edf7724e27a0b728ade0417c6d', 97, false);
INSERT INTO public.metrics VALUES ('long', 9.8, 1700000000098, 'f8d849edf7724e27a0b728ade0417c6d', 98, false);
INSERT INTO public.metrics VALUES ('long', 9.9, 1700000000099, 'f8d849edf7724e27a0b728ade0417c6d', 99, false);
INSERT INTO public.metrics VALUES ('long', 10, 1700000000100, 'f8d849edf7724e27a0b728ade0417c6d', 100, false);
INSERT INTO public.metrics VALUES ('long', 10.100000000000001, 1700000000101, 'f8d849edf7724e27a0b728ade0417c6d', 101, false);
INSERT INTO public.metrics VALUES ('long', 10.200000000000001, 1700000000102, 'f8d849edf7724e27a0b728ade0417c6d', 102, false);
INSERT INTO public.metrics VALUES ('long', 10.3, 1700000000103, 'f8d849edf7724e27a0b728ade0417c6d', 103, false);
INSERT INTO public.metrics VALUES ('long', 10.4, 1700000000104, 'f8d849edf7724e27a0b728ade0417c6d', 104, false);
INSERT INTO public.metrics VALUES ('long', 10.5, 1700000000105, 'f8d849edf7724e27a0b728ade0417c6d', 105, false);
INSERT INTO public.metrics VALUES ('long', 10.600000000000001, 1700000000106, 'f8d849edf7724e27a0b728ade0417c6d', 106, false);
INSERT INTO public.metrics VALUES ('long', 10.700000000000001, 1700000000107, 'f8d849edf7724e27a0b728ade0417c6d', 107, false);
INSERT INTO public.metrics VALUES ('long', 10.8, 1700000000108, 'f8d849edf7724e27a0b728ade0417c6d', 108, false);
INSERT INTO public.metrics VALUES ('long', 10.9, 1700000000109, 'f8d849edf7724e27a0b728ade0417c6d', 109, false);
INSERT INTO public.metrics VALUES ('long', 11, 1700000000110, 'f8d849edf7724e27a0b728ade0417c6d', 110, false);
INSERT INTO public.metrics VALUES ('long', 11.100000000000001, 1700000000111, 'f8d849edf7724e27a0b728ade0417c6d', 111, false);
INSERT INTO public.metrics VALUES ('long', 11.200000000000001, 1700000000112, 'f8d849edf7724e27a0b728ade0417c6d', 112, false);
INSERT INTO public.metrics VALUES ('long', 11.3, 1700000000113, 'f8d849edf7724e27a0b728ade0417c6d', 113, false);
INSERT INTO public.metrics VALUES ('long', 11.4, 1700000000114, 'f8d849edf7724e27a0b728ade0417c6d', 114, false);
INSERT INTO public.metrics VALUES ('long', 11.5, 1700000000115, 'f8d849edf7724e27a0b728ade0417c6d', 115, false);
INSERT INTO public.metrics VALUES ('long', 11.600000000000001, 1700000000116, 'f8d849edf7724e27a0b728ade0417c6d', 116, false);
INSERT INTO public.metrics VALUES ('long', 11.700000000000001, 1700000000117, 'f8d849edf7724e27a0b728ade0417c6d', 117, false);
INSERT INTO public.metrics VALUES ('long', 11.8, 1700000000118, 'f8d849edf7724e27a0b728ade0417c6d', 118, false);
INSERT INTO public.metrics VALUES ('long', 11.9, 1700000000119, 'f8d849edf7724e27a0b728ade0417c6d', 119, false);
INSERT INTO public.metrics VALUES ('long', 12, 1700000000120, 'f8d849edf7724e27a0b728ade0417c6d', 120, false);
INSERT INTO public.metrics VALUES ('long', 12.100000000000001, 1700000000121, 'f8d849edf7724e27a0b728ade0417c6d', 121, false);
INSERT INTO public.metrics VALUES ('long', 12.200000000000001, 1700000000122, 'f8d849edf7724e27a0b728ade0417c6d', 122, false);
INSERT INTO public.metrics VALUES ('long', 12.3, 1700000000123, 'f8d849edf7724e27a0b728ade0417c6d', 123, false);
INSERT INTO public.metrics VALUES ('long', 12.4, 1700000000124, 'f8d849edf7724e27a0b728ade0417c6d', 124, false);
INSERT INTO public.metrics VALUES ('long', 12.5, 1700000000125, 'f8d849edf7724e27a0b728ade0417c6d', 125, false);
INSERT INTO public.metrics VALUES ('long', 12.600000000000001, 1700000000126, 'f8d849edf7724e27a0b728ade0417c6d', 126, false);
INSERT INTO public.metrics VALUES ('long', 12.700000000000001, 1700000000127, 'f8d849edf7724e27a0b728ade0417c6d', 127, false);
INSERT INTO public.metrics VALUES ('long', 12.8, 1700000000128, 'f8d849edf7724e27a0b728ade0417c6d', 128, false);
INSERT INTO public.metrics VALUES ('long', 12.9, 1700000000129, 'f8d849edf7724e27a0b728ade0417c6d', 129, false);
INSERT INTO public.metrics VALUES ('long', 13, 1700000000130, 'f8d849edf7724e27a0b728ade0417c6d', 130, false);
INSERT INTO public.metrics VALUES ('long', 13.100000000000001, 1700000000131, 'f8d849edf7724e27a0b728ade0417c6d', 131, false);
INSERT INTO public.metrics VALUES ('long', 13.200000000000001, 1700000000132, 'f8d849edf7724e27a0b728ade0417c6d', 132, false);
INSERT INTO public.metrics VALUES ('long', 13.3, 1700000000133, 'f8d849edf7724e27a0b728ade0417c6d', 133, false);
INSERT INTO public.metrics VALUES ('long', 13.4, 1700000000134, 'f8d849edf7724e27a0b728ade0417c6d', 134, false);
INSERT INTO public.metrics VALUES ('long', 13.5, 1700000000135, 'f8d849edf7724e27a0b728ade0417c6d', 135, false);
INSERT INTO public.metrics VALUES ('long', 13.600000000000001, 1700000000136, 'f8d849edf7724e27a0b728ade0417c6d', 136, false);
INSERT INTO public.metrics VALUES ('long', 13.700000000000001, 1700000000137, 'f8d849edf7724e27a0b728ade0417c6d', 137, false);
INSERT INTO public.metrics VALUES ('long', 13.8, 1700000000138, 'f8d849edf7724e27a0b728ade0417c6d', 138, false);
INSERT INTO public.metrics VALUES ('long', 13.9, 1700000000139, 'f8d849edf7724e27a0b728ade0417c6d', 139, false);
INSERT INTO public.metrics VALUES ('long', 14, 1700000000140, 'f8d849edf7724e27a0b728ade0417c6d', 140, false);
INSERT INTO public.metrics VALUES ('long', 14.100000000000001, 1700000000141, 'f8d849edf7724e27a0b728ade0417c6d', 141, false);
INSERT INTO public.metrics VALUES ('long', 14.200000000000001, 1700000000142, 'f8d849edf7724e27a0b728ade0417c6d', 142, false);
INSERT INTO public.metrics VALUES ('long', 14.3, 1700000000143, 'f8d849edf7724e27a0b728ade0417c6d', 143, false);
INSERT INTO public.metrics VALUES ('long', 14.4, 1700000000144, 'f8d849edf7724e27a0b728ade0417c6d', 144, false);
INSERT INTO public.metrics VALUES ('long', 14.5, 1700000000145, 'f8d849edf7724e27a0b728ade0417c6d', 145, false);
INSERT INTO public.metrics VALUES ('long', 14.600000000000001, 1700000000146, 'f8d849edf7724e27a0b728ade0417c6d', 146, false);
INSERT INTO public.metrics VALUES ('long', 14.700000000000001, 1700000000147, 'f8d849edf7724e27a0b728ade0417c6d', 147, false);
INSERT INTO public.metrics VALUES ('long', 14.8, 1700000000148, 'f8d849edf7724e27a0b728ade0417c6d', 148, false);
INSERT INTO public.metrics VALUES ('long', 14.9, 1700000000149, 'f8d849edf7724e27a0b728ade0417c6d', 149, false);
INSERT INTO public.metrics VALUES ('long', 15, 1700000000150, 'f8d849edf7724e27a0b728ade0417c6d', 150, false);
INSERT INTO public.metrics VALUES ('long', 15.100000000000001, 1700000000151, 'f8d849edf7724e27a0b728ade0417c6d', 151, false);
INSERT INTO public.metrics VALUES ('long', 15.200000000000001, 1700000000152, 'f8d849edf7724e27a0b728ade0417c6d', 152, false);
INSERT INTO public.metrics VALUES ('long', 15.3, 1700000000153, 'f8d849edf7724e27a0b728ade0417c6d', 153, false);
INSERT INTO public.metrics VALUES ('long', 15.4, 1700000000154, 'f8d849edf7724e27a0b728ade0417c6d', 154, false);
INSERT INTO public.metrics VALUES ('long', 15.5, 1700000000155, 'f8d849edf7724e27a0b728ade0417c6d', 155, false);
INSERT INTO public.metrics VALUES ('long', 15.600000000000001, 1700000000156, 'f8d849edf7724e27a0b728ade0417c6d', 156, false);
INSERT INTO public.metrics VALUES ('long', 15.700000000000001, 1700000000157, 'f8d849edf7724e27a0b728ade0417c6d', 157, false);
INSERT INTO public.metrics VALUES ('long', 15.8, 1700000000158, 'f8d849edf7724e27a0b728ade0417c6d', 158, false);
INSERT INTO public.metrics VALUES ('long', 15.9, 1700000000159, 'f8d849edf7724e27a0b728ade0417c6d', 159, false);
INSERT INTO public.metrics VALUES ('long', 16, 1700000000160, 'f8d849edf7724e27a0b728ade0417c6d', 160, false);
INSERT INTO public.metrics VALUES ('long', 16.1, 1700000000161, 'f8d849edf7724e27a0b728ade0417c6d', 161, false);
INSERT INTO public.metrics VALUES ('long', 16.2, 1700000000162, 'f8d849edf7724e27a0b728ade0417c6d', 162, false);
INSERT INTO public.metrics VALUES ('long', 16.3, 1700000000163, 'f8d849edf7724e27a0b728ade0417c6d', 163, false);
INSERT INTO public.metrics VALUES ('long', 16.400000000000002, 1700000000164, 'f8d849edf7724e27a0b728ade0417c6d', 164, false);
INSERT INTO public.metrics VALUES ('long', 16.5, 1700000000165, 'f8d849edf7724e27a0b728ade0417c6d', 165, false);
INSERT INTO public.metrics VALUES ('long', 16.6, 1700000000166, 'f8d849edf7724e27a0b728ade0417c6d', 166, false);
INSERT INTO public.metrics VALUES ('long', 16.7, 1700000000167, 'f8d849edf7724e27a0b728ade0417c6d', 167, false);
INSERT INTO public.metrics VALUES ('long', 16.8, 1700000000168, 'f8d849edf7724e27a0b728ade0417c6d', 168, false);
INSERT INTO public.metrics VALUES ('long', 16.900000000000002, 1700000000169, 'f8d849edf7724e27a0b728ade0417c6d', 169, false);
INSERT INTO public.metrics VALUES ('long', 17, 1700000000170, 'f8d849edf7724e27a0b728ade0417c6d', 170, false);
INSERT INTO public.metrics VALUES ('long', 17.1, 1700000000171, 'f8d849edf7724e27a0b728ade0417c6d', 171, false);
INSERT INTO public.metrics VALUES ('long', 17.2, 1700000000172, 'f8d849edf7724e27a0b728ade0417c6d', 172, false);
INSERT INTO public.metrics VALUES ('long', 17.3, 1700000000173, 'f8d849edf7724e27a0b728ade0417c6d', 173, false);
INSERT INTO public.metrics VALUES ('long', 17.400000000000002, 1700000000174, 'f8d849edf7724e27a0b728ade0417c6d', 174, false);
INSERT INTO public.metrics VALUES ('long', 17.5, 1700000000175, 'f8d849edf7724e27a0b728ade0417c6d', 175, false);
INSERT INTO public.metrics VALUES ('long', 17.6, 1700000000176, 'f8d849edf7724e27a0b728ade0417c6d', 176, false);
INSERT INTO public.metrics VALUES ('long', 17.7, 1700000000177, 'f8d849edf7724e27a0b728ade0417c6d', 177, false);
INSERT INTO public.metrics VALUES ('long', 17.8, 1700000000178, 'f8d849edf7724e27a0b728ade0417c6d', 178, false);
INSERT INTO public.metrics VALUES ('long', 17.900000000000002, 1700000000179, 'f8d849edf7724e27a0b728ade0417c6d', 179, false);
INSERT INTO public.metrics VALUES ('long', 18, 1700000000180, 'f8d849edf7724e27a0b728ade0417c6d', 180, false);
INSERT INTO public.metrics VALUES ('long', 18.1, 1700000000181, 'f8d849edf7724e27a0b728ade0417c6d', 181, false);
INSERT INTO public.metrics VALUES ('long', 18.2, 1700000000182, 'f8d849edf7724e27a0b728ade0417c6d', 182, false);
INSERT INTO public.metrics VALUES ('long', 18.3, 1700000000183, 'f8d849edf7724e27a0b728ade0417c6d', 183, false);
INSERT INTO public.metrics VALUES ('long', 18.400000000000002, 1700000000184, 'f8d849edf7724e27a0b728ade0417c6d', 184, false);
INSERT INTO public.metrics VALUES ('long', 18.5, 1700000000185, 'f8d849edf7724e27a0b728ade0417c6d', 185, false);
INSERT INTO public.metrics VALUES ('long', 18.6, 1700000000186, 'f8d849edf7724e27a0b728ade0417c6d', 186, false);
INSERT INTO public.metrics VALUES ('long', 18.7, 1700000000187, 'f8d849edf7724e27a0b728ade0417c6d', 187, false);
INSERT INTO public.metrics VALUES ('long', 18.8, 1700000000188, 'f8d849edf7724e27a0b728ade0417c6d', 188, false);
INSERT INTO public.metrics VALUES ('long', 18.900000000000002, 1700000000189, 'f8d849edf7724e27a0b728ade0417c6d', 189, false);
INSERT INTO public.metrics VALUES ('long', 19, 1700000000190, 'f8d849edf7724e27a0b728ade0417c6d', 190, false);
INSERT INTO public.metrics VALUES ('long', 19.1, 1700000000191, 'f8d849edf7724e27a0b728ade0417c6d', 191, false);
INSERT INTO public.metrics VALUES ('long', 19.200000000000003, 1700000000192, 'f8d849edf7724e27a0b728ade0417c6d', 192, false);
INSERT INTO public.metrics VALUES ('long', 19.3, 1700000000193, 'f8d849edf7724e27a0b728ade0417c6d', 193, false);
INSERT INTO public.metrics VALUES ('long', 19.400000000000002, 1700000000194, 'f8d849edf7724e27a0b728ade0417c6d', 194, false);
INSERT INTO public.metrics VALUES ('long', 19.5, 1700000000195, 'f8d849edf7724e27a0b728ade0417c6d', 195, false);
INSERT INTO public.metrics VALUES ('long', 19.6, 1700000000196, 'f8d849edf7724e27a0b728ade0417c6d', 196, false);
INSERT INTO public.metrics VALUES ('long', 19.700000000000003, 1700000000197, 'f8d849edf7724e27a0b728ade0417c6d', 197, false);
INSERT INTO public.metrics VALUES ('long', 19.8, 1700000000198, 'f8d849edf7724e27a0b728ade0417c6d', 198, false);
INSERT INTO public.metrics VALUES ('long', 19.900000000000002, 1700000000199, 'f8d849edf7724e27a0b728ade0417c6d', 199, false);
INSERT INTO public.metrics VALUES ('long', 20, 1700000000200, 'f8d849edf7724e27a0b728ade0417c6d', 200, false);
INSERT INTO public.metrics VALUES ('long', 20.1, 1700000000201, 'f8d849edf7724e27a0b728ade0417c6d', 201, false);
INSERT INTO public.metrics VALUES ('long', 20.200000000000003, 1700000000202, 'f8d849edf7724e27a0b728ade0417c6d', 202, false);
INSERT INTO public.metrics VALUES ('long', 20.3, 1700000000203, 'f8d849edf7724e27a0b728ade0417c6d', 203, false);
INSERT INTO public.metrics VALUES ('long', 20.400000000000002, 1700000000204, 'f8d849edf7724e27a0b728ade0417c6d', 204, false);
INSERT INTO public.metrics VALUES ('long', 20.5, 1700000000205, 'f8d849edf7724e27a0b728ade0417c6d', 205, false);
INSERT INTO public.metrics VALUES ('long', 20.6, 1700000000206, 'f8d849edf7724e27a0b728ade0417c6d', 206, false);
INSERT INTO public.metrics VALUES ('long', 20.700000000000003, 1700000000207, 'f8d849edf7724e27a0b728ade0417c6d', 207, false);
INSERT INTO public.metrics VALUES ('long', 20.8, 1700000000208, 'f8d849edf7724e27a0b728ade0417c6d', 208, false);
INSERT INTO public.metrics VALUES ('long', 20.900000000000002, 1700000000209, 'f8d849edf7724e27a0b728ade0417c6d', 209, false);
INSERT INTO public.metrics VALUES ('long', 21, 1700000000210, 'f8d849edf7724e27a0b728ade0417c6d', 210, false);
INSERT INTO public.metrics VALUES ('long', 21.1, 1700000000211, 'f8d849edf7724e27a0b728ade0417c6d', 211, false);
INSERT INTO public.metrics VALUES ('long', 21.200000000000003, 1700000000212, 'f8d849edf7724e27a0b728ade0417c6d', 212, false);
INSERT INTO public.metrics VALUES ('long', 21.3, 1700000000213, 'f8d849edf7724e27a0b728ade0417c6d', 213, false);
INSERT INTO public.metrics VALUES ('long', 21.400000000000002, 1700000000214, 'f8d849edf7724e27a0b728ade0417c6d', 214, false);
INSERT INTO public.metrics VALUES ('long', 21.5, 1700000000215, 'f8d849edf7724e27a0b728ade0417c6d', 215, false);
INSERT INTO public.metrics VALUES ('long', 21.6, 1700000000216, 'f8d849edf7724e27a0b728ade0417c6d', 216, false);
INSERT INTO public.metrics VALUES ('long', 21.700000000000003, 1700000000217, 'f8d849edf7724e27a0b728ade0417c6d', 217, false);
INSERT INTO public.metrics VALUES ('long', 21.8, 1700000000218, 'f8d849edf7724e27a0b728ade0417c6d', 218, false);
INSERT INTO public.metrics VALUES ('long', 21.900000000000002, 1700000000219, 'f8d849edf7724e27a0b728ade0417c6d', 219, false);
INSERT INTO public.metrics VALUES ('long', 22, 1700000000220, 'f8d849edf7724e27a0b728ade0417c6d', 220, false);
INSERT INTO public.metrics VALUES ('long', 22.1, 1700000000221, 'f8d849edf7724e27a0b728ade0417c6d', 221, false);
INSERT INTO public.metrics VALUES ('long', 22.200000000000003, 1700000000222, 'f8d849edf7724e27a0b728ade0417c6d', 222, false);
INSERT INTO public.metrics VALUES ('long', 22.3, 1700000000223, 'f8d849edf7724e27a0b728ade0417c6d', 223, false);
INSERT INTO public.metrics VALUES ('long', 22.400000000000002, 1700000000224, 'f8d849edf7724e27a0b728ade0417c6d', 224, false);
INSERT INTO public.metrics VALUES ('long', 22.5, 1700000000225, 'f8d849edf7724e27a0b728ade0417c6d', 225, false);
INSERT INTO public.metrics VALUES ('long', 22.6, 1700000000226, 'f8d849edf7724e27a0b728ade0417c6d', 226, false);
INSERT INTO public.metrics VALUES ('long', 22.700000000000003, 1700000000227, 'f8d849edf7724e27a0b728ade0417c6d', 227, false);
INSERT INTO public.metrics VALUES ('long', 22.8, 1700000000228, 'f8d849edf7724e27a0b728ade0417c6d', 228, false);
INSERT INTO public.metrics VALUES ('long', 22.900000000000002, 1700000000229, 'f8d849edf7724e27a0b728ade0417c6d', 229, false);
INSERT INTO public.metrics VALUES ('long', 23, 1700000000230, 'f8d849edf7724e27a0b728ade0417c6d', 230, false);
INSERT INTO public.metrics VALUES ('long', 23.1, 1700000000231, 'f8d849edf7724e27a0b728ade0417c6d', 231, false);
INSERT INTO public.metrics VALUES ('long', 23.200000000000003, 1700000000232, 'f8d849edf7724e27a0b728ade0417c6d', 232, false);
INSERT INTO public.metrics VALUES ('long', 23.3, 1700000000233, 'f8d849edf7724e27a0b728ade0417c6d', 233, false);
INSERT INTO public.metrics VALUES ('long', 23.400000000000002, 1700000000234, 'f8d849edf7724e27a0b728ade0417c6d', 234, false);
INSERT INTO public.metrics VALUES ('long', 23.5, 1700000000235, 'f8d849edf7724e27a0b728ade0417c6d', 235, false);
INSERT INTO public.metrics VALUES ('long', 23.6, 1700000000236, 'f8d849edf7724e27a0b728ade0417c6d', 236, false);
INSERT INTO public.metrics VALUES ('long', 23.700000000000003, 1700000000237, 'f8d849edf7724e27a0b728ade0417c6d', 237, false);
INSERT INTO public.metrics VALUES ('long', 23.8, 1700000000238, 'f8d849edf7724e27a0b728ade0417c6d', 238, false);
INSERT INTO public.metrics VALUES ('long', 23.900000000000002, 1700000000239, 'f8d849edf7724e27a0b728ade0417c6d', 239, false);
INSERT INTO public.metrics VALUES ('long', 24, 1700000000240, 'f8d849edf7724e27a0b728ade0417c6d', 240, false);
INSERT INTO public.metrics VALUES ('long', 24.1, 1700000000241, 'f8d849edf7724e27a0b728ade0417c6d', 241, false);
INSERT INTO public.metrics VALUES ('long', 24.200000000000003, 1700000000242, 'f8d849edf7724e27a0b728ade0417c6d', 242, false);
INSERT INTO public.metrics VALUES ('long', 24.3, 1700000000243, 'f8d849edf7724e27a0b728ade0417c6d', 243, false);
INSERT INTO public.metrics VALUES ('long', 24.400000000000002, 1700000000244, 'f8d849edf7724e27a0b728ade0417c6d', 244, false);
INSERT INTO public.metrics VALUES ('long', 24.5, 1700000000245, 'f8d849edf7724e27a0b728ade0417c6d', 245, false);
INSERT INTO public.metrics VALUES ('long', 24.6, 1700000000246, 'f8d849edf7724e27a0b728ade0417c6d', 246, false);
INSERT INTO public.metrics VALUES ('long', 24.700000000000003, 1700000000247, 'f8d849edf7724e27a0b728ade0417c6d', 247, false);
INSERT INTO public.metrics VALUES ('long', 24.8, 1700000000248, 'f8d849edf7724e27a0b728ade0417c6d', 248, false);
INSERT INTO public.metrics VALUES ('long', 24.900000000000002, 1700000000249, 'f8d849edf7724e27a0b728ade0417c6d', 249, false);
INSERT INTO public.metrics VALUES ('long', 25, 1700000000250, 'f8d849edf7724e27a0b728ade0417c6d', 250, false);
INSERT INTO public.metrics VALUES ('long', 25.1, 1700000000251, 'f8d849edf7724e27a0b728ade0417c6d', 251, false);
INSERT INTO public.metrics VALUES ('long', 25.200000000000003, 1700000000252, 'f8d849edf7724e27a0b728ade0417c6d', 252, false);
INSERT INTO public.metrics VALUES ('long', 25.3, 1700000000253, 'f8d849edf7724e27a0b728ade0417c6d', 253, false);
INSERT INTO public.metrics VALUES ('long', 25.400000000000002, 1700000000254, 'f8d849edf7724e27a0b728ade0417c6d', 254, false);
INSERT INTO public.metrics VALUES ('long', 25.5, 1700000000255, 'f8d849edf7724e27a0b728ade0417c6d', 255, false);
INSERT INTO public.metrics VALUES ('long', 25.6, 1700000000256, 'f8d849edf7724e27a0b728ade0417c6d', 256, false);
INSERT INTO public.metrics VALUES ('long', 25.700000000000003, 1700000000257, 'f8d849edf7724e27a0b728ade0417c6d', 257, false);
INSERT INTO public.metrics VALUES ('long', 25.8, 1700000000258, 'f8d849edf7724e27a0b728ade0417c6d', 258, false);
INSERT INTO public.metrics VALUES ('long', 25.900000000000002, 1700000000259, 'f8d849edf7724e27a0b728ade0417c6d', 259, false);
INSERT INTO public.metrics VALUES ('long', 26, 1700000000260, 'f8d849edf7724e27a0b728ade0417c6d', 260, false);
INSERT INTO public.metrics VALUES ('long', 26.1, 1700000000261, 'f8d849edf7724e27a0b728ade0417c6d', 261, false);
INSERT INTO public.metrics VALUES ('long', 26.200000000000003, 1700000000262, 'f8d849edf7724e27a0b728ade0417c6d', 262, false);
INSERT INTO public.metrics VALUES ('long', 26.3, 1700000000263, 'f8d849edf7724e27a0b728ade0417c6d', 263, false);
INSERT INTO public.metrics VALUES ('long', 26.400000000000002, 1700000000264, 'f8d849edf7724e27a0b728ade0417c6d', 264, false);
INSERT INTO public.metrics VALUES ('long', 26.5, 1700000000265, 'f8d849edf7724e27a0b728ade0417c6d', 265, false);
INSERT INTO public.metrics VALUES ('long', 26.6, 1700000000266, 'f8d849edf7724e27a0b728ade0417c6d', 266, false);
INSERT INTO public.metrics VALUES ('long', 26.700000000000003, 1700000000267, 'f8d849edf7724e27a0b728ade0417c6d', 267, false);
INSERT INTO public.metrics VALUES ('long', 26.8, 1700000000268, 'f8d849edf7724e27a0b728ade0417c6d', 268, false);
INSERT INTO public.metrics VALUES ('long', 26.900000000000002, 1700000000269, 'f8d849edf7724e27a0b728ade0417c6d', 269, false);
INSERT INTO public.metrics VALUES ('long', 27, 1700000000270, 'f8d849edf7724e27a0b728ade0417c6d', 270, false);
INSERT INTO public.metrics VALUES ('long', 27.1, 1700000000271, 'f8d849edf7724e27a0b728ade0417c6d', 271, false);
INSERT INTO public.metrics VALUES ('long', 27.200000000000003, 1700000000272, 'f8d849edf7724e27a0b728ade0417c6d', 272, false);
INSERT INTO public.metrics VALUES ('long', 27.3, 1700000000273, 'f8d849edf7724e27a0b728ade0417c6d', 273, false);
INSERT INTO public.metrics VALUES ('long', 27.400000000000002, 1700000000274, 'f8d849edf7724e27a0b728ade0417c6d', 274, false);
INSERT INTO public.metrics VALUES ('long', 27.5, 1700000000275, 'f8d849edf7724e27a0b728ade0417c6d', 275, false);
INSERT INTO public.metrics VALUES ('long', 27.6, 1700000000276, 'f8d849edf7724e27a0b728ade0417c6d', 276, false);
INSERT INTO public.metrics VALUES ('long', 27.700000000000003, 1700000000277, 'f8d849edf7724e27a0b728ade0417c6d', 277, false);
INSERT INTO public.metrics VALUES ('long', 27.8, 1700000000278, 'f8d849edf7724e27a0b728ade0417c6d', 278, false);
INSERT INTO public.metrics VALUES ('long', 27.900000000000002, 1700000000279, 'f8d849edf7724e27a0b728ade0417c6d', 279, false);
INSERT INTO public.metrics VALUES ('long', 28, 1700000000280, 'f8d849edf7724e27a0b728ade0417c6d', 280, false);
INSERT INTO public.metrics VALUES ('long', 28.1, 1700000000281, 'f8d849edf7724e27a0b728ade0417c6d', 281, false);
INSERT INTO public.metrics VALUES ('long', 28.200000000000003, 1700000000282, 'f8d849edf7724e27a0b728ade0417c6d', 282, false);
INSERT INTO public.metrics VALUES ('long', 28.3, 1700000000283, 'f8d849edf7724e27a0b728ade0417c6d', 283, false);
INSERT INTO public.metrics VALUES ('long', 28.400000000000002, 1700000000284, 'f8d849edf7724e27a0b728ade0417c6d', 284, false);
INSERT INTO public.metrics VALUES ('long', 28.5, 1700000000285, 'f8d849edf7724e27a0b728ade0417c6d', 285, false);
INSERT INTO public.metrics VALUES ('long', 28.6, 1700000000286, 'f8d849edf7724e27a0b728ade0417c6d', 286, false);
INSERT INTO public.metrics VALUES ('long', 28.700000000000003, 1700000000287, 'f8d849edf7724e27a0b728ade0417c6d', 287, false);
INSERT INTO public.metrics VALUES ('long', 28.8, 1700000000288, 'f8d849edf7724e27a0b728ade0417c6d', 288, false);
INSERT INTO public.metrics VALUES ('long', 28.900000000000002, 1700000000289, 'f8d849edf7724e27a0b728ade0417c6d', 289, false);
INSERT INTO public.metrics VALUES ('long', 29, 1700000000290, 'f8d849edf7724e27a0b728ade0417c6d', 290, false);
INSERT INTO public.metrics VALUES ('long', 29.1, 1700000000291, 'f8d849edf7724e27a0b728ade0417c6d', 291, false);
INSERT INTO public.metrics VALUES ('long', 29.200000000000003, 1700000000292, 'f8d849edf7724e27a0b728ade0417c6d', 292, false);
INSERT INTO public.metrics VALUES ('long', 29.3, 1700000000293, 'f8d849edf7724e27a0b728ade0417c6d', 293, false);
INSERT INTO public.metrics VALUES ('long', 29.400000000000002, 1700000000294, 'f8d849edf7724e27a0b728ade0417c6d', 294, false);
INSERT INTO public.metrics VALUES ('long', 29.5, 1700000000295, 'f8d849edf7724e27a0b728ade0417c6d', 295, false);
INSERT INTO public.metrics VALUES ('long', 29.6, 1700000000296, 'f8d849edf7724e27a0b728ade0417c6d', 296, false);
INSERT INTO public.metrics VALUES ('long', 29.700000000000003, 1700000000297, 'f8d849edf7724e27a0b728ade0417c6d', 297, false);
INSERT INTO public.metrics VALUES ('long', 29.8, 1700000000298, 'f8d849edf7724e27a0b728ade0417c6d', 298, false);
INSERT INTO public.metrics VALUES ('long', 29.900000000000002, 1700000000299, 'f8d849edf7724e27a0b728ade0417c6d', 299, false);
INSERT INTO public.metrics VALUES ('x', 1, 1795783370691, 'e4bb5b8cd5154c57abfe42f1c7df9829', 0, false);


--
-- Data for Name: model_definitions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: model_version_tags; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: model_versions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: online_scoring_configs; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: params; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.params VALUES ('lr', '0.1', 'f8d849edf7724e27a0b728ade0417c6d');
INSERT INTO public.params VALUES ('nested/opt', 'adam
with a second line', 'f8d849edf7724e27a0b728ade0417c6d');


--
-- Data for Name: registered_model_aliases; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: registered_model_tags; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: registered_models; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: review_queue_items; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: review_queue_label_schemas; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: review_queue_users; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: review_queues; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: runs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.runs VALUES ('f8d849edf7724e27a0b728ade0417c6d', 'first', 'UNKNOWN', '', '', 'ann', 'FAILED', 1700000000123, 1700000060123, '', 'active', '/recorded/postgres/kept/one/f8d849edf7724e27a0b728ade0417c6d/artifacts', 1, NULL);
INSERT INTO public.runs VALUES ('fc7127aadcdb40a388b9282a86c55640', 'powerful-carp-625', 'UNKNOWN', '', '', 'unknown', 'RUNNING', 7, NULL, '', 'active', '/recorded/postgres/kept/one/fc7127aadcdb40a388b9282a86c55640/artifacts', 1, NULL);
INSERT INTO public.runs VALUES ('b500bb86c28449a9b7ce6074f1d5a809', 'bustling-panda-282', 'UNKNOWN', '', '', 'unknown', 'RUNNING', 8, NULL, '', 'deleted', '/recorded/postgres/kept/one/b500bb86c28449a9b7ce6074f1d5a809/artifacts', 1, 1795783371004);
INSERT INTO public.runs VALUES ('e4bb5b8cd5154c57abfe42f1c7df9829', 'angry-fawn-662', 'UNKNOWN', '', '', 'unknown', 'RUNNING', 1795783370419, NULL, '', 'deleted', '/recorded/postgres/mlruns/2/e4bb5b8cd5154c57abfe42f1c7df9829/artifacts', 2, 1795783371203);


--
-- Data for Name: scheduler_leases; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: scorer_versions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: scorers; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: secrets; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: span_metrics; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: spans; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: sql_assessment_daily_rollups; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: sql_span_cost_daily_rollups; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: sql_trace_metric_daily_rollups; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: sql_trace_rollup_rebuild_queue; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: tags; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tags VALUES ('mlflow.runName', 'first', 'f8d849edf7724e27a0b728ade0417c6d');
INSERT INTO public.tags VALUES ('note', 'line 1
line 2
line 3
', 'f8d849edf7724e27a0b728ade0417c6d');
INSERT INTO public.tags VALUES ('empty', '', 'f8d849edf7724e27a0b728ade0417c6d');
INSERT INTO public.tags VALUES ('uni', 'żółw 🐢', 'f8d849edf7724e27a0b728ade0417c6d');
INSERT INTO public.tags VALUES ('mlflow.user', 'ann', 'f8d849edf7724e27a0b728ade0417c6d');
INSERT INTO public.tags VALUES ('mlflow.parentRunId', 'f8d849edf7724e27a0b728ade0417c6d', 'fc7127aadcdb40a388b9282a86c55640');
INSERT INTO public.tags VALUES ('mlflow.runName', 'powerful-carp-625', 'fc7127aadcdb40a388b9282a86c55640');
INSERT INTO public.tags VALUES ('mlflow.runName', 'bustling-panda-282', 'b500bb86c28449a9b7ce6074f1d5a809');
INSERT INTO public.tags VALUES ('mlflow.runName', 'angry-fawn-662', 'e4bb5b8cd5154c57abfe42f1c7df9829');


--
-- Data for Name: trace_info; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: trace_metrics; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: trace_request_metadata; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: trace_tags; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: webhook_events; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: webhooks; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: workspaces; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.workspaces VALUES ('default', 'Default workspace for legacy resources', NULL, NULL, NULL);


--
-- Name: experiments_experiment_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.experiments_experiment_id_seq', 2, true);


--
-- Name: sql_assessment_daily_rollups_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.sql_assessment_daily_rollups_id_seq', 1, false);


--
-- Name: sql_span_cost_daily_rollups_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.sql_span_cost_daily_rollups_id_seq', 1, false);


--
-- Name: sql_trace_metric_daily_rollups_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.sql_trace_metric_daily_rollups_id_seq', 1, false);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: assessments assessments_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT assessments_pk PRIMARY KEY (assessment_id);


--
-- Name: budget_policies budget_policies_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.budget_policies
    ADD CONSTRAINT budget_policies_pk PRIMARY KEY (budget_policy_id);


--
-- Name: datasets dataset_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.datasets
    ADD CONSTRAINT dataset_pk PRIMARY KEY (experiment_id, name, digest);


--
-- Name: endpoint_bindings endpoint_bindings_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.endpoint_bindings
    ADD CONSTRAINT endpoint_bindings_pk PRIMARY KEY (endpoint_id, resource_type, resource_id);


--
-- Name: endpoint_model_mappings endpoint_model_mappings_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.endpoint_model_mappings
    ADD CONSTRAINT endpoint_model_mappings_pk PRIMARY KEY (mapping_id);


--
-- Name: endpoint_tags endpoint_tag_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.endpoint_tags
    ADD CONSTRAINT endpoint_tag_pk PRIMARY KEY (key, endpoint_id);


--
-- Name: endpoints endpoints_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.endpoints
    ADD CONSTRAINT endpoints_pk PRIMARY KEY (endpoint_id);


--
-- Name: entity_associations entity_associations_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.entity_associations
    ADD CONSTRAINT entity_associations_pk PRIMARY KEY (source_type, source_id, destination_type, destination_id);


--
-- Name: evaluation_dataset_records evaluation_dataset_records_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_dataset_records
    ADD CONSTRAINT evaluation_dataset_records_pk PRIMARY KEY (dataset_record_id);


--
-- Name: evaluation_dataset_tags evaluation_dataset_tags_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_dataset_tags
    ADD CONSTRAINT evaluation_dataset_tags_pk PRIMARY KEY (dataset_id, key);


--
-- Name: evaluation_datasets evaluation_datasets_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_datasets
    ADD CONSTRAINT evaluation_datasets_pk PRIMARY KEY (dataset_id);


--
-- Name: experiments experiment_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiments
    ADD CONSTRAINT experiment_pk PRIMARY KEY (experiment_id);


--
-- Name: experiment_tags experiment_tag_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiment_tags
    ADD CONSTRAINT experiment_tag_pk PRIMARY KEY (key, experiment_id);


--
-- Name: guardrail_configs guardrail_configs_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardrail_configs
    ADD CONSTRAINT guardrail_configs_pk PRIMARY KEY (endpoint_id, guardrail_id);


--
-- Name: guardrails guardrails_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardrails
    ADD CONSTRAINT guardrails_pk PRIMARY KEY (guardrail_id);


--
-- Name: input_tags input_tags_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.input_tags
    ADD CONSTRAINT input_tags_pk PRIMARY KEY (input_uuid, name);


--
-- Name: inputs inputs_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.inputs
    ADD CONSTRAINT inputs_pk PRIMARY KEY (source_type, source_id, destination_type, destination_id);


--
-- Name: issues issues_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT issues_pk PRIMARY KEY (issue_id);


--
-- Name: job_locks job_locks_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job_locks
    ADD CONSTRAINT job_locks_pk PRIMARY KEY (lock_key);


--
-- Name: jobs jobs_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT jobs_pk PRIMARY KEY (id);


--
-- Name: label_schemas label_schemas_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.label_schemas
    ADD CONSTRAINT label_schemas_pk PRIMARY KEY (schema_id);


--
-- Name: latest_metrics latest_metric_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.latest_metrics
    ADD CONSTRAINT latest_metric_pk PRIMARY KEY (key, run_uuid);


--
-- Name: logged_model_metrics logged_model_metrics_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logged_model_metrics
    ADD CONSTRAINT logged_model_metrics_pk PRIMARY KEY (model_id, metric_name, metric_timestamp_ms, metric_step, run_id);


--
-- Name: logged_model_params logged_model_params_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logged_model_params
    ADD CONSTRAINT logged_model_params_pk PRIMARY KEY (model_id, param_key);


--
-- Name: logged_model_tags logged_model_tags_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logged_model_tags
    ADD CONSTRAINT logged_model_tags_pk PRIMARY KEY (model_id, tag_key);


--
-- Name: logged_models logged_models_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logged_models
    ADD CONSTRAINT logged_models_pk PRIMARY KEY (model_id);


--
-- Name: mcp_access_endpoints mcp_access_endpoints_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mcp_access_endpoints
    ADD CONSTRAINT mcp_access_endpoints_pk PRIMARY KEY (id);


--
-- Name: mcp_server_aliases mcp_server_aliases_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mcp_server_aliases
    ADD CONSTRAINT mcp_server_aliases_pk PRIMARY KEY (workspace, name, alias);


--
-- Name: mcp_server_tags mcp_server_tags_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mcp_server_tags
    ADD CONSTRAINT mcp_server_tags_pk PRIMARY KEY (workspace, name, key);


--
-- Name: mcp_server_version_tags mcp_server_version_tags_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mcp_server_version_tags
    ADD CONSTRAINT mcp_server_version_tags_pk PRIMARY KEY (workspace, name, version, key);


--
-- Name: mcp_server_versions mcp_server_versions_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mcp_server_versions
    ADD CONSTRAINT mcp_server_versions_pk PRIMARY KEY (workspace, name, version);


--
-- Name: mcp_servers mcp_servers_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mcp_servers
    ADD CONSTRAINT mcp_servers_pk PRIMARY KEY (workspace, name);


--
-- Name: metrics metric_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metric_pk PRIMARY KEY (key, "timestamp", step, run_uuid, value, is_nan);


--
-- Name: model_definitions model_definitions_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_definitions
    ADD CONSTRAINT model_definitions_pk PRIMARY KEY (model_definition_id);


--
-- Name: model_versions model_version_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_versions
    ADD CONSTRAINT model_version_pk PRIMARY KEY (workspace, name, version);


--
-- Name: model_version_tags model_version_tag_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_version_tags
    ADD CONSTRAINT model_version_tag_pk PRIMARY KEY (workspace, key, name, version);


--
-- Name: online_scoring_configs online_scoring_config_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.online_scoring_configs
    ADD CONSTRAINT online_scoring_config_pk PRIMARY KEY (online_scoring_config_id);


--
-- Name: params param_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.params
    ADD CONSTRAINT param_pk PRIMARY KEY (key, run_uuid);


--
-- Name: registered_model_aliases registered_model_alias_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registered_model_aliases
    ADD CONSTRAINT registered_model_alias_pk PRIMARY KEY (workspace, name, alias);


--
-- Name: registered_models registered_model_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registered_models
    ADD CONSTRAINT registered_model_pk PRIMARY KEY (workspace, name);


--
-- Name: registered_model_tags registered_model_tag_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registered_model_tags
    ADD CONSTRAINT registered_model_tag_pk PRIMARY KEY (workspace, key, name);


--
-- Name: review_queue_items review_queue_items_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.review_queue_items
    ADD CONSTRAINT review_queue_items_pk PRIMARY KEY (queue_id, item_id);


--
-- Name: review_queue_label_schemas review_queue_label_schemas_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.review_queue_label_schemas
    ADD CONSTRAINT review_queue_label_schemas_pk PRIMARY KEY (queue_id, schema_id);


--
-- Name: review_queue_users review_queue_users_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.review_queue_users
    ADD CONSTRAINT review_queue_users_pk PRIMARY KEY (queue_id, user_id);


--
-- Name: review_queues review_queues_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.review_queues
    ADD CONSTRAINT review_queues_pk PRIMARY KEY (queue_id);


--
-- Name: runs run_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT run_pk PRIMARY KEY (run_uuid);


--
-- Name: scheduler_leases scheduler_leases_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.scheduler_leases
    ADD CONSTRAINT scheduler_leases_pk PRIMARY KEY (lease_key);


--
-- Name: scorers scorer_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.scorers
    ADD CONSTRAINT scorer_pk PRIMARY KEY (scorer_id);


--
-- Name: scorer_versions scorer_version_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.scorer_versions
    ADD CONSTRAINT scorer_version_pk PRIMARY KEY (scorer_id, scorer_version);


--
-- Name: secrets secrets_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.secrets
    ADD CONSTRAINT secrets_pk PRIMARY KEY (secret_id);


--
-- Name: span_metrics span_metrics_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.span_metrics
    ADD CONSTRAINT span_metrics_pk PRIMARY KEY (trace_id, span_id, key);


--
-- Name: spans spans_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.spans
    ADD CONSTRAINT spans_pk PRIMARY KEY (trace_id, span_id);


--
-- Name: sql_assessment_daily_rollups sql_assessment_daily_rollups_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sql_assessment_daily_rollups
    ADD CONSTRAINT sql_assessment_daily_rollups_pk PRIMARY KEY (id);


--
-- Name: sql_span_cost_daily_rollups sql_span_cost_daily_rollups_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sql_span_cost_daily_rollups
    ADD CONSTRAINT sql_span_cost_daily_rollups_pk PRIMARY KEY (id);


--
-- Name: sql_trace_metric_daily_rollups sql_trace_metric_daily_rollups_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sql_trace_metric_daily_rollups
    ADD CONSTRAINT sql_trace_metric_daily_rollups_pk PRIMARY KEY (id);


--
-- Name: sql_trace_rollup_rebuild_queue sql_trace_rollup_rebuild_queue_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.sql_trace_rollup_rebuild_queue
    ADD CONSTRAINT sql_trace_rollup_rebuild_queue_pk PRIMARY KEY (experiment_id, rollup_day, rollup_family);


--
-- Name: tags tag_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tag_pk PRIMARY KEY (key, run_uuid);


--
-- Name: trace_info trace_info_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.trace_info
    ADD CONSTRAINT trace_info_pk PRIMARY KEY (request_id);


--
-- Name: trace_metrics trace_metrics_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.trace_metrics
    ADD CONSTRAINT trace_metrics_pk PRIMARY KEY (request_id, key);


--
-- Name: trace_request_metadata trace_request_metadata_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.trace_request_metadata
    ADD CONSTRAINT trace_request_metadata_pk PRIMARY KEY (key, request_id);


--
-- Name: trace_tags trace_tag_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.trace_tags
    ADD CONSTRAINT trace_tag_pk PRIMARY KEY (key, request_id);


--
-- Name: evaluation_dataset_records unique_dataset_input; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_dataset_records
    ADD CONSTRAINT unique_dataset_input UNIQUE (dataset_id, input_hash);


--
-- Name: endpoints uq_endpoints_workspace_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.endpoints
    ADD CONSTRAINT uq_endpoints_workspace_name UNIQUE (workspace, name);


--
-- Name: experiments uq_experiments_workspace_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiments
    ADD CONSTRAINT uq_experiments_workspace_name UNIQUE (workspace, name);


--
-- Name: label_schemas uq_label_schemas_exp_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.label_schemas
    ADD CONSTRAINT uq_label_schemas_exp_name UNIQUE (experiment_id, name);


--
-- Name: model_definitions uq_model_definitions_workspace_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_definitions
    ADD CONSTRAINT uq_model_definitions_workspace_name UNIQUE (workspace, name);


--
-- Name: review_queues uq_review_queues_experiment_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.review_queues
    ADD CONSTRAINT uq_review_queues_experiment_name_key UNIQUE (experiment_id, name_key);


--
-- Name: secrets uq_secrets_workspace_secret_name; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.secrets
    ADD CONSTRAINT uq_secrets_workspace_secret_name UNIQUE (workspace, secret_name);


--
-- Name: webhook_events webhook_event_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhook_events
    ADD CONSTRAINT webhook_event_pk PRIMARY KEY (webhook_id, entity, action);


--
-- Name: webhooks webhook_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhooks
    ADD CONSTRAINT webhook_pk PRIMARY KEY (webhook_id);


--
-- Name: workspaces workspaces_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_pk PRIMARY KEY (name);


--
-- Name: idx_assessment_rollups_lookup; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_assessment_rollups_lookup ON public.sql_assessment_daily_rollups USING btree (experiment_id, rollup_day, metric_name, grouping_set);


--
-- Name: idx_assessments_exp_name_valid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_assessments_exp_name_valid ON public.assessments USING btree (experiment_id, name, valid);


--
-- Name: idx_assessments_exp_trace_ts; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_assessments_exp_trace_ts ON public.assessments USING btree (experiment_id, trace_timestamp_ms);


--
-- Name: idx_assessments_exp_trace_ts_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_assessments_exp_trace_ts_name ON public.assessments USING btree (experiment_id, trace_timestamp_ms, name);


--
-- Name: idx_budget_policies_target_value; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_budget_policies_target_value ON public.budget_policies USING btree (target_value);


--
-- Name: idx_budget_policies_workspace; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_budget_policies_workspace ON public.budget_policies USING btree (workspace);


--
-- Name: idx_endpoints_workspace; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_endpoints_workspace ON public.endpoints USING btree (workspace);


--
-- Name: idx_evaluation_datasets_workspace; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_evaluation_datasets_workspace ON public.evaluation_datasets USING btree (workspace);


--
-- Name: idx_experiments_workspace; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_experiments_workspace ON public.experiments USING btree (workspace);


--
-- Name: idx_experiments_workspace_creation_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_experiments_workspace_creation_time ON public.experiments USING btree (workspace, creation_time);


--
-- Name: idx_guardrail_configs_endpoint_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_guardrail_configs_endpoint_id ON public.guardrail_configs USING btree (endpoint_id);


--
-- Name: idx_guardrail_configs_guardrail_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_guardrail_configs_guardrail_id ON public.guardrail_configs USING btree (guardrail_id);


--
-- Name: idx_guardrails_scorer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_guardrails_scorer ON public.guardrails USING btree (scorer_id, scorer_version);


--
-- Name: idx_guardrails_workspace; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_guardrails_workspace ON public.guardrails USING btree (workspace);


--
-- Name: idx_mcp_server_versions_latest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_mcp_server_versions_latest ON public.mcp_server_versions USING btree (workspace, name, status, version_major DESC, version_minor DESC, version_patch DESC);


--
-- Name: idx_model_definitions_workspace; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_model_definitions_workspace ON public.model_definitions USING btree (workspace);


--
-- Name: idx_model_version_tags_workspace_name_version; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_model_version_tags_workspace_name_version ON public.model_version_tags USING btree (workspace, name, version);


--
-- Name: idx_registered_model_tags_workspace_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_registered_model_tags_workspace_name ON public.registered_model_tags USING btree (workspace, name);


--
-- Name: idx_registered_models_workspace; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_registered_models_workspace ON public.registered_models USING btree (workspace);


--
-- Name: idx_secrets_workspace; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_secrets_workspace ON public.secrets USING btree (workspace);


--
-- Name: idx_span_cost_rollups_lookup; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_span_cost_rollups_lookup ON public.sql_span_cost_daily_rollups USING btree (experiment_id, rollup_day, metric_name, grouping_set, model_name, model_provider);


--
-- Name: idx_spans_cost_exp_time_cover; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_spans_cost_exp_time_cover ON public.spans USING btree (experiment_id, start_time_unix_nano) INCLUDE (input_cost, output_cost, total_cost, model_name, model_provider) WHERE ((input_cost IS NOT NULL) OR (output_cost IS NOT NULL) OR (total_cost IS NOT NULL));


--
-- Name: idx_spans_cost_trace_time_cover; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_spans_cost_trace_time_cover ON public.spans USING btree (trace_id, start_time_unix_nano) INCLUDE (input_cost, output_cost, total_cost, model_name, model_provider) WHERE ((input_cost IS NOT NULL) OR (output_cost IS NOT NULL) OR (total_cost IS NOT NULL));


--
-- Name: idx_trace_rollups_lookup; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_trace_rollups_lookup ON public.sql_trace_metric_daily_rollups USING btree (experiment_id, rollup_day, metric_name, grouping_set, trace_status);


--
-- Name: idx_webhook_events_action; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_webhook_events_action ON public.webhook_events USING btree (action);


--
-- Name: idx_webhook_events_entity; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_webhook_events_entity ON public.webhook_events USING btree (entity);


--
-- Name: idx_webhook_events_entity_action; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_webhook_events_entity_action ON public.webhook_events USING btree (entity, action);


--
-- Name: idx_webhooks_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_webhooks_name ON public.webhooks USING btree (name);


--
-- Name: idx_webhooks_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_webhooks_status ON public.webhooks USING btree (status);


--
-- Name: idx_webhooks_workspace; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX idx_webhooks_workspace ON public.webhooks USING btree (workspace);


--
-- Name: index_assessments_assessment_type; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_assessments_assessment_type ON public.assessments USING btree (assessment_type);


--
-- Name: index_assessments_last_updated_timestamp; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_assessments_last_updated_timestamp ON public.assessments USING btree (last_updated_timestamp);


--
-- Name: index_assessments_run_id_created_timestamp; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_assessments_run_id_created_timestamp ON public.assessments USING btree (run_id, created_timestamp);


--
-- Name: index_assessments_trace_id_created_timestamp; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_assessments_trace_id_created_timestamp ON public.assessments USING btree (trace_id, created_timestamp);


--
-- Name: index_datasets_dataset_uuid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_datasets_dataset_uuid ON public.datasets USING btree (dataset_uuid);


--
-- Name: index_datasets_experiment_id_dataset_source_type; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_datasets_experiment_id_dataset_source_type ON public.datasets USING btree (experiment_id, dataset_source_type);


--
-- Name: index_endpoint_model_mappings_endpoint_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_endpoint_model_mappings_endpoint_id ON public.endpoint_model_mappings USING btree (endpoint_id);


--
-- Name: index_endpoint_model_mappings_model_definition_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_endpoint_model_mappings_model_definition_id ON public.endpoint_model_mappings USING btree (model_definition_id);


--
-- Name: index_endpoint_tags_endpoint_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_endpoint_tags_endpoint_id ON public.endpoint_tags USING btree (endpoint_id);


--
-- Name: index_entity_associations_association_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_entity_associations_association_id ON public.entity_associations USING btree (association_id);


--
-- Name: index_entity_associations_reverse_lookup; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_entity_associations_reverse_lookup ON public.entity_associations USING btree (destination_type, destination_id, source_type, source_id);


--
-- Name: index_evaluation_dataset_records_dataset_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_evaluation_dataset_records_dataset_id ON public.evaluation_dataset_records USING btree (dataset_id);


--
-- Name: index_evaluation_dataset_tags_dataset_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_evaluation_dataset_tags_dataset_id ON public.evaluation_dataset_tags USING btree (dataset_id);


--
-- Name: index_evaluation_datasets_created_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_evaluation_datasets_created_time ON public.evaluation_datasets USING btree (created_time);


--
-- Name: index_evaluation_datasets_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_evaluation_datasets_name ON public.evaluation_datasets USING btree (name);


--
-- Name: index_inputs_destination_type_destination_id_source_type; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_inputs_destination_type_destination_id_source_type ON public.inputs USING btree (destination_type, destination_id, source_type);


--
-- Name: index_inputs_input_uuid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_inputs_input_uuid ON public.inputs USING btree (input_uuid);


--
-- Name: index_issues_experiment_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_issues_experiment_id ON public.issues USING btree (experiment_id);


--
-- Name: index_issues_source_run_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_issues_source_run_id ON public.issues USING btree (source_run_id);


--
-- Name: index_issues_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_issues_status ON public.issues USING btree (status);


--
-- Name: index_job_locks_job_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_job_locks_job_id ON public.job_locks USING btree (job_id);


--
-- Name: index_jobs_name_status_creation_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_jobs_name_status_creation_time ON public.jobs USING btree (job_name, workspace, status, creation_time);


--
-- Name: index_jobs_status_lease_expires_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_jobs_status_lease_expires_at ON public.jobs USING btree (status, lease_expires_at);


--
-- Name: index_label_schemas_experiment_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_label_schemas_experiment_id ON public.label_schemas USING btree (experiment_id);


--
-- Name: index_latest_metrics_run_uuid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_latest_metrics_run_uuid ON public.latest_metrics USING btree (run_uuid);


--
-- Name: index_logged_model_metrics_model_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_logged_model_metrics_model_id ON public.logged_model_metrics USING btree (model_id);


--
-- Name: index_metrics_run_uuid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_metrics_run_uuid ON public.metrics USING btree (run_uuid);


--
-- Name: index_metrics_run_uuid_key_step; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_metrics_run_uuid_key_step ON public.metrics USING btree (run_uuid, key, step);


--
-- Name: index_model_definitions_provider; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_model_definitions_provider ON public.model_definitions USING btree (provider);


--
-- Name: index_model_definitions_secret_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_model_definitions_secret_id ON public.model_definitions USING btree (secret_id);


--
-- Name: index_params_run_uuid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_params_run_uuid ON public.params USING btree (run_uuid);


--
-- Name: index_review_queue_items_item_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_review_queue_items_item_id ON public.review_queue_items USING btree (item_id);


--
-- Name: index_review_queue_items_queue_id_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_review_queue_items_queue_id_status ON public.review_queue_items USING btree (queue_id, status);


--
-- Name: index_review_queue_label_schemas_schema_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_review_queue_label_schemas_schema_id ON public.review_queue_label_schemas USING btree (schema_id);


--
-- Name: index_review_queue_users_user_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_review_queue_users_user_id ON public.review_queue_users USING btree (user_id);


--
-- Name: index_review_queues_experiment_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_review_queues_experiment_id ON public.review_queues USING btree (experiment_id);


--
-- Name: index_scorer_versions_scorer_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_scorer_versions_scorer_id ON public.scorer_versions USING btree (scorer_id);


--
-- Name: index_scorers_experiment_id_scorer_name; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX index_scorers_experiment_id_scorer_name ON public.scorers USING btree (experiment_id, scorer_name);


--
-- Name: index_span_metrics_trace_id_span_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_span_metrics_trace_id_span_id ON public.span_metrics USING btree (trace_id, span_id);


--
-- Name: index_spans_experiment_id_duration; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_spans_experiment_id_duration ON public.spans USING btree (experiment_id, duration_ns);


--
-- Name: index_spans_experiment_id_start_time; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_spans_experiment_id_start_time ON public.spans USING btree (experiment_id, start_time_unix_nano);


--
-- Name: index_spans_experiment_id_status_type; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_spans_experiment_id_status_type ON public.spans USING btree (experiment_id, status, type);


--
-- Name: index_spans_experiment_id_type_status; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_spans_experiment_id_type_status ON public.spans USING btree (experiment_id, type, status);


--
-- Name: index_tags_run_uuid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_tags_run_uuid ON public.tags USING btree (run_uuid);


--
-- Name: index_trace_info_experiment_id_session_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_trace_info_experiment_id_session_id ON public.trace_info USING btree (experiment_id, session_id);


--
-- Name: index_trace_info_experiment_id_timestamp_ms; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_trace_info_experiment_id_timestamp_ms ON public.trace_info USING btree (experiment_id, timestamp_ms);


--
-- Name: index_trace_info_timestamp_ms_request_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_trace_info_timestamp_ms_request_id ON public.trace_info USING btree (timestamp_ms, request_id);


--
-- Name: index_trace_metrics_request_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_trace_metrics_request_id ON public.trace_metrics USING btree (request_id);


--
-- Name: index_trace_request_metadata_request_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_trace_request_metadata_request_id ON public.trace_request_metadata USING btree (request_id);


--
-- Name: index_trace_tags_request_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_trace_tags_request_id ON public.trace_tags USING btree (request_id);


--
-- Name: ix_mcp_access_endpoints_alias; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mcp_access_endpoints_alias ON public.mcp_access_endpoints USING btree (workspace, server_name, server_alias);


--
-- Name: ix_mcp_access_endpoints_server_name; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mcp_access_endpoints_server_name ON public.mcp_access_endpoints USING btree (workspace, server_name);


--
-- Name: ix_mcp_access_endpoints_version; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX ix_mcp_access_endpoints_version ON public.mcp_access_endpoints USING btree (workspace, server_name, server_version);


--
-- Name: unique_endpoint_model_linkage_mapping; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX unique_endpoint_model_linkage_mapping ON public.endpoint_model_mappings USING btree (endpoint_id, model_definition_id, linkage_type);


--
-- Name: secrets prevent_secrets_aad_mutation; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER prevent_secrets_aad_mutation BEFORE UPDATE ON public.secrets FOR EACH ROW EXECUTE FUNCTION public.prevent_secrets_aad_mutation();


--
-- Name: experiment_tags experiment_tags_experiment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiment_tags
    ADD CONSTRAINT experiment_tags_experiment_id_fkey FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id);


--
-- Name: assessments fk_assessments_trace_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.assessments
    ADD CONSTRAINT fk_assessments_trace_id FOREIGN KEY (trace_id) REFERENCES public.trace_info(request_id) ON DELETE CASCADE;


--
-- Name: datasets fk_datasets_experiment_id_experiments; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.datasets
    ADD CONSTRAINT fk_datasets_experiment_id_experiments FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id) ON DELETE CASCADE;


--
-- Name: endpoint_bindings fk_endpoint_bindings_endpoint_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.endpoint_bindings
    ADD CONSTRAINT fk_endpoint_bindings_endpoint_id FOREIGN KEY (endpoint_id) REFERENCES public.endpoints(endpoint_id) ON DELETE CASCADE;


--
-- Name: endpoint_model_mappings fk_endpoint_model_mappings_endpoint_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.endpoint_model_mappings
    ADD CONSTRAINT fk_endpoint_model_mappings_endpoint_id FOREIGN KEY (endpoint_id) REFERENCES public.endpoints(endpoint_id) ON DELETE CASCADE;


--
-- Name: endpoint_model_mappings fk_endpoint_model_mappings_model_definition_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.endpoint_model_mappings
    ADD CONSTRAINT fk_endpoint_model_mappings_model_definition_id FOREIGN KEY (model_definition_id) REFERENCES public.model_definitions(model_definition_id);


--
-- Name: endpoint_tags fk_endpoint_tags_endpoint_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.endpoint_tags
    ADD CONSTRAINT fk_endpoint_tags_endpoint_id FOREIGN KEY (endpoint_id) REFERENCES public.endpoints(endpoint_id) ON DELETE CASCADE;


--
-- Name: endpoints fk_endpoints_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.endpoints
    ADD CONSTRAINT fk_endpoints_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id) ON DELETE SET NULL;


--
-- Name: evaluation_dataset_records fk_evaluation_dataset_records_dataset_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_dataset_records
    ADD CONSTRAINT fk_evaluation_dataset_records_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.evaluation_datasets(dataset_id) ON DELETE CASCADE;


--
-- Name: evaluation_dataset_tags fk_evaluation_dataset_tags_dataset_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.evaluation_dataset_tags
    ADD CONSTRAINT fk_evaluation_dataset_tags_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.evaluation_datasets(dataset_id) ON DELETE CASCADE;


--
-- Name: guardrail_configs fk_guardrail_configs_endpoint_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardrail_configs
    ADD CONSTRAINT fk_guardrail_configs_endpoint_id FOREIGN KEY (endpoint_id) REFERENCES public.endpoints(endpoint_id) ON DELETE CASCADE;


--
-- Name: guardrail_configs fk_guardrail_configs_guardrail_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardrail_configs
    ADD CONSTRAINT fk_guardrail_configs_guardrail_id FOREIGN KEY (guardrail_id) REFERENCES public.guardrails(guardrail_id) ON DELETE CASCADE;


--
-- Name: guardrails fk_guardrails_action_endpoint_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardrails
    ADD CONSTRAINT fk_guardrails_action_endpoint_id FOREIGN KEY (action_endpoint_id) REFERENCES public.endpoints(endpoint_id) ON DELETE SET NULL;


--
-- Name: guardrails fk_guardrails_scorer_version; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.guardrails
    ADD CONSTRAINT fk_guardrails_scorer_version FOREIGN KEY (scorer_id, scorer_version) REFERENCES public.scorer_versions(scorer_id, scorer_version);


--
-- Name: issues fk_issues_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT fk_issues_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id) ON DELETE CASCADE;


--
-- Name: issues fk_issues_source_run_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.issues
    ADD CONSTRAINT fk_issues_source_run_id FOREIGN KEY (source_run_id) REFERENCES public.runs(run_uuid) ON DELETE SET NULL;


--
-- Name: job_locks fk_job_locks_job_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.job_locks
    ADD CONSTRAINT fk_job_locks_job_id FOREIGN KEY (job_id) REFERENCES public.jobs(id) ON DELETE CASCADE;


--
-- Name: label_schemas fk_label_schemas_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.label_schemas
    ADD CONSTRAINT fk_label_schemas_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id) ON DELETE CASCADE;


--
-- Name: logged_model_metrics fk_logged_model_metrics_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logged_model_metrics
    ADD CONSTRAINT fk_logged_model_metrics_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id);


--
-- Name: logged_model_metrics fk_logged_model_metrics_model_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logged_model_metrics
    ADD CONSTRAINT fk_logged_model_metrics_model_id FOREIGN KEY (model_id) REFERENCES public.logged_models(model_id) ON DELETE CASCADE;


--
-- Name: logged_model_metrics fk_logged_model_metrics_run_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logged_model_metrics
    ADD CONSTRAINT fk_logged_model_metrics_run_id FOREIGN KEY (run_id) REFERENCES public.runs(run_uuid) ON DELETE CASCADE;


--
-- Name: logged_model_params fk_logged_model_params_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logged_model_params
    ADD CONSTRAINT fk_logged_model_params_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id);


--
-- Name: logged_model_params fk_logged_model_params_model_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logged_model_params
    ADD CONSTRAINT fk_logged_model_params_model_id FOREIGN KEY (model_id) REFERENCES public.logged_models(model_id) ON DELETE CASCADE;


--
-- Name: logged_model_tags fk_logged_model_tags_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logged_model_tags
    ADD CONSTRAINT fk_logged_model_tags_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id);


--
-- Name: logged_model_tags fk_logged_model_tags_model_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logged_model_tags
    ADD CONSTRAINT fk_logged_model_tags_model_id FOREIGN KEY (model_id) REFERENCES public.logged_models(model_id) ON DELETE CASCADE;


--
-- Name: logged_models fk_logged_models_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.logged_models
    ADD CONSTRAINT fk_logged_models_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id) ON DELETE CASCADE;


--
-- Name: model_definitions fk_model_definitions_secret_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_definitions
    ADD CONSTRAINT fk_model_definitions_secret_id FOREIGN KEY (secret_id) REFERENCES public.secrets(secret_id) ON DELETE SET NULL;


--
-- Name: model_version_tags fk_model_version_tags_model_versions; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_version_tags
    ADD CONSTRAINT fk_model_version_tags_model_versions FOREIGN KEY (workspace, name, version) REFERENCES public.model_versions(workspace, name, version) ON UPDATE CASCADE;


--
-- Name: model_versions fk_model_versions_registered_models; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_versions
    ADD CONSTRAINT fk_model_versions_registered_models FOREIGN KEY (workspace, name) REFERENCES public.registered_models(workspace, name) ON UPDATE CASCADE;


--
-- Name: online_scoring_configs fk_online_scoring_configs_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.online_scoring_configs
    ADD CONSTRAINT fk_online_scoring_configs_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id);


--
-- Name: online_scoring_configs fk_online_scoring_configs_scorer_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.online_scoring_configs
    ADD CONSTRAINT fk_online_scoring_configs_scorer_id FOREIGN KEY (scorer_id) REFERENCES public.scorers(scorer_id) ON DELETE CASCADE;


--
-- Name: registered_model_aliases fk_registered_model_aliases_registered_models; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registered_model_aliases
    ADD CONSTRAINT fk_registered_model_aliases_registered_models FOREIGN KEY (workspace, name) REFERENCES public.registered_models(workspace, name) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: registered_model_tags fk_registered_model_tags_registered_models; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registered_model_tags
    ADD CONSTRAINT fk_registered_model_tags_registered_models FOREIGN KEY (workspace, name) REFERENCES public.registered_models(workspace, name) ON UPDATE CASCADE;


--
-- Name: review_queue_items fk_review_queue_items_queue_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.review_queue_items
    ADD CONSTRAINT fk_review_queue_items_queue_id FOREIGN KEY (queue_id) REFERENCES public.review_queues(queue_id) ON DELETE CASCADE;


--
-- Name: review_queue_label_schemas fk_review_queue_label_schemas_queue_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.review_queue_label_schemas
    ADD CONSTRAINT fk_review_queue_label_schemas_queue_id FOREIGN KEY (queue_id) REFERENCES public.review_queues(queue_id) ON DELETE CASCADE;


--
-- Name: review_queue_users fk_review_queue_users_queue_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.review_queue_users
    ADD CONSTRAINT fk_review_queue_users_queue_id FOREIGN KEY (queue_id) REFERENCES public.review_queues(queue_id) ON DELETE CASCADE;


--
-- Name: review_queues fk_review_queues_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.review_queues
    ADD CONSTRAINT fk_review_queues_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id) ON DELETE CASCADE;


--
-- Name: scorer_versions fk_scorer_versions_scorer_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.scorer_versions
    ADD CONSTRAINT fk_scorer_versions_scorer_id FOREIGN KEY (scorer_id) REFERENCES public.scorers(scorer_id) ON DELETE CASCADE;


--
-- Name: scorers fk_scorers_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.scorers
    ADD CONSTRAINT fk_scorers_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id) ON DELETE CASCADE;


--
-- Name: span_metrics fk_span_metrics_span; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.span_metrics
    ADD CONSTRAINT fk_span_metrics_span FOREIGN KEY (trace_id, span_id) REFERENCES public.spans(trace_id, span_id) ON DELETE CASCADE;


--
-- Name: spans fk_spans_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.spans
    ADD CONSTRAINT fk_spans_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id);


--
-- Name: spans fk_spans_trace_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.spans
    ADD CONSTRAINT fk_spans_trace_id FOREIGN KEY (trace_id) REFERENCES public.trace_info(request_id) ON DELETE CASCADE;


--
-- Name: trace_info fk_trace_info_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.trace_info
    ADD CONSTRAINT fk_trace_info_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id) ON DELETE CASCADE;


--
-- Name: trace_metrics fk_trace_metrics_request_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.trace_metrics
    ADD CONSTRAINT fk_trace_metrics_request_id FOREIGN KEY (request_id) REFERENCES public.trace_info(request_id) ON DELETE CASCADE;


--
-- Name: trace_request_metadata fk_trace_request_metadata_request_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.trace_request_metadata
    ADD CONSTRAINT fk_trace_request_metadata_request_id FOREIGN KEY (request_id) REFERENCES public.trace_info(request_id) ON DELETE CASCADE;


--
-- Name: trace_tags fk_trace_tags_request_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.trace_tags
    ADD CONSTRAINT fk_trace_tags_request_id FOREIGN KEY (request_id) REFERENCES public.trace_info(request_id) ON DELETE CASCADE;


--
-- Name: latest_metrics latest_metrics_run_uuid_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.latest_metrics
    ADD CONSTRAINT latest_metrics_run_uuid_fkey FOREIGN KEY (run_uuid) REFERENCES public.runs(run_uuid);


--
-- Name: mcp_access_endpoints mcp_access_endpoints_server_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mcp_access_endpoints
    ADD CONSTRAINT mcp_access_endpoints_server_fkey FOREIGN KEY (workspace, server_name) REFERENCES public.mcp_servers(workspace, name) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: mcp_server_aliases mcp_server_aliases_server_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mcp_server_aliases
    ADD CONSTRAINT mcp_server_aliases_server_fkey FOREIGN KEY (workspace, name) REFERENCES public.mcp_servers(workspace, name) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: mcp_server_tags mcp_server_tags_server_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mcp_server_tags
    ADD CONSTRAINT mcp_server_tags_server_fkey FOREIGN KEY (workspace, name) REFERENCES public.mcp_servers(workspace, name) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: mcp_server_version_tags mcp_server_version_tags_version_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mcp_server_version_tags
    ADD CONSTRAINT mcp_server_version_tags_version_fkey FOREIGN KEY (workspace, name, version) REFERENCES public.mcp_server_versions(workspace, name, version) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: mcp_server_versions mcp_server_versions_server_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.mcp_server_versions
    ADD CONSTRAINT mcp_server_versions_server_fkey FOREIGN KEY (workspace, name) REFERENCES public.mcp_servers(workspace, name) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: metrics metrics_run_uuid_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_run_uuid_fkey FOREIGN KEY (run_uuid) REFERENCES public.runs(run_uuid);


--
-- Name: params params_run_uuid_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.params
    ADD CONSTRAINT params_run_uuid_fkey FOREIGN KEY (run_uuid) REFERENCES public.runs(run_uuid);


--
-- Name: runs runs_experiment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT runs_experiment_id_fkey FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id);


--
-- Name: tags tags_run_uuid_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_run_uuid_fkey FOREIGN KEY (run_uuid) REFERENCES public.runs(run_uuid);


--
-- Name: webhook_events webhook_events_webhook_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.webhook_events
    ADD CONSTRAINT webhook_events_webhook_id_fkey FOREIGN KEY (webhook_id) REFERENCES public.webhooks(webhook_id) ON DELETE CASCADE;


--
-- PostgreSQL database dump complete
--


