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

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: alembic_version; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
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
-- Name: experiment_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.experiment_tags (
    key character varying(250) NOT NULL,
    value character varying(5000),
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
    destination_id character varying(36) NOT NULL
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
-- Name: model_version_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.model_version_tags (
    key character varying(250) NOT NULL,
    value character varying(5000),
    name character varying(256) NOT NULL,
    version integer NOT NULL
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
    storage_location character varying(500)
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
    name character varying(256) NOT NULL
);


--
-- Name: registered_model_tags; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.registered_model_tags (
    key character varying(250) NOT NULL,
    value character varying(5000),
    name character varying(256) NOT NULL
);


--
-- Name: registered_models; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.registered_models (
    name character varying(256) NOT NULL,
    creation_time bigint,
    last_updated_time bigint,
    description character varying(5000)
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
    status character varying(50) NOT NULL
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
-- Name: experiments experiment_id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiments ALTER COLUMN experiment_id SET DEFAULT nextval('public.experiments_experiment_id_seq'::regclass);


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('0584bdc529eb');


--
-- Data for Name: datasets; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.datasets VALUES ('959f9b3d84154e70a2a7316863c22167', 1, 'ds', 'd1', 'local', 'there', '{"a": 1}', NULL);
INSERT INTO public.datasets VALUES ('06e415bffdc446f58a2b38233e015198', 1, 'ds', 'd2', 'http', 'elsewhere', NULL, '{}');


--
-- Data for Name: experiment_tags; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.experiment_tags VALUES ('team', 'a: b
c', 1);


--
-- Data for Name: experiments; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.experiments VALUES (0, 'Default', '/recorded/postgres/mlruns/0', 'active', 1795783280802, 1795783280802);
INSERT INTO public.experiments VALUES (1, 'exp: one', '/recorded/postgres/kept/one', 'active', 1795783280853, 1795783280853);
INSERT INTO public.experiments VALUES (2, 'gone', '/recorded/postgres/mlruns/2', 'deleted', 1795783285827, 1795783286070);


--
-- Data for Name: input_tags; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.input_tags VALUES ('a295dc35df994a1a9d3c2bd50510f406', 'mlflow.data.context', 'train');


--
-- Data for Name: inputs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.inputs VALUES ('a295dc35df994a1a9d3c2bd50510f406', 'DATASET', '959f9b3d84154e70a2a7316863c22167', 'RUN', '103076664716483e94311ae894788021');
INSERT INTO public.inputs VALUES ('37bd711aa1bf4f42a7962e2ba11a5737', 'DATASET', '06e415bffdc446f58a2b38233e015198', 'RUN', '103076664716483e94311ae894788021');


--
-- Data for Name: latest_metrics; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.latest_metrics VALUES ('train/loss', -2.5, 1700000000130, 6, false, '103076664716483e94311ae894788021');
INSERT INTO public.latest_metrics VALUES ('acc', 0.5, 1795783282868, 0, false, '103076664716483e94311ae894788021');
INSERT INTO public.latest_metrics VALUES ('long', 29.900000000000002, 1700000000299, 299, false, '103076664716483e94311ae894788021');
INSERT INTO public.latest_metrics VALUES ('x', 1, 1795783285965, 0, false, '2541c2bd3a624a01b4b25a2317395caa');


--
-- Data for Name: metrics; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.metrics VALUES ('train/loss', 1, 1700000000123, '103076664716483e94311ae894788021', -1, false);
INSERT INTO public.metrics VALUES ('train/loss', 0, 1700000000124, '103076664716483e94311ae894788021', 0, true);
INSERT INTO public.metrics VALUES ('train/loss', 1.7976931348623157e+308, 1700000000125, '103076664716483e94311ae894788021', 1, false);
INSERT INTO public.metrics VALUES ('train/loss', -1.7976931348623157e+308, 1700000000126, '103076664716483e94311ae894788021', 2, false);
INSERT INTO public.metrics VALUES ('train/loss', 0, 1700000000127, '103076664716483e94311ae894788021', 3, false);
INSERT INTO public.metrics VALUES ('train/loss', 5e-320, 1700000000128, '103076664716483e94311ae894788021', 4, false);
INSERT INTO public.metrics VALUES ('train/loss', 0.1, 1700000000129, '103076664716483e94311ae894788021', 5, false);
INSERT INTO public.metrics VALUES ('train/loss', -2.5, 1700000000130, '103076664716483e94311ae894788021', 6, false);
INSERT INTO public.metrics VALUES ('acc', 0.5, 1795783282868, '103076664716483e94311ae894788021', 0, false);
INSERT INTO public.metrics VALUES ('acc', 0.25, 1700000000000, '103076664716483e94311ae894788021', -3, false);
INSERT INTO public.metrics VALUES ('long', 0, 1700000000000, '103076664716483e94311ae894788021', 0, false);
INSERT INTO public.metrics VALUES ('long', 0.1, 1700000000001, '103076664716483e94311ae894788021', 1, false);
INSERT INTO public.metrics VALUES ('long', 0.2, 1700000000002, '103076664716483e94311ae894788021', 2, false);
INSERT INTO public.metrics VALUES ('long', 0.30000000000000004, 1700000000003, '103076664716483e94311ae894788021', 3, false);
INSERT INTO public.metrics VALUES ('long', 0.4, 1700000000004, '103076664716483e94311ae894788021', 4, false);
INSERT INTO public.metrics VALUES ('long', 0.5, 1700000000005, '103076664716483e94311ae894788021', 5, false);
INSERT INTO public.metrics VALUES ('long', 0.6000000000000001, 1700000000006, '103076664716483e94311ae894788021', 6, false);
INSERT INTO public.metrics VALUES ('long', 0.7000000000000001, 1700000000007, '103076664716483e94311ae894788021', 7, false);
INSERT INTO public.metrics VALUES ('long', 0.8, 1700000000008, '103076664716483e94311ae894788021', 8, false);
INSERT INTO public.metrics VALUES ('long', 0.9, 1700000000009, '103076664716483e94311ae894788021', 9, false);
INSERT INTO public.metrics VALUES ('long', 1, 1700000000010, '103076664716483e94311ae894788021', 10, false);
INSERT INTO public.metrics VALUES ('long', 1.1, 1700000000011, '103076664716483e94311ae894788021', 11, false);
INSERT INTO public.metrics VALUES ('long', 1.2000000000000002, 1700000000012, '103076664716483e94311ae894788021', 12, false);
INSERT INTO public.metrics VALUES ('long', 1.3, 1700000000013, '103076664716483e94311ae894788021', 13, false);
INSERT INTO public.metrics VALUES ('long', 1.4000000000000001, 1700000000014, '103076664716483e94311ae894788021', 14, false);
INSERT INTO public.metrics VALUES ('long', 1.5, 1700000000015, '103076664716483e94311ae894788021', 15, false);
INSERT INTO public.metrics VALUES ('long', 1.6, 1700000000016, '103076664716483e94311ae894788021', 16, false);
INSERT INTO public.metrics VALUES ('long', 1.7000000000000002, 1700000000017, '103076664716483e94311ae894788021', 17, false);
INSERT INTO public.metrics VALUES ('long', 1.8, 1700000000018, '103076664716483e94311ae894788021', 18, false);
INSERT INTO public.metrics VALUES ('long', 1.9000000000000001, 1700000000019, '103076664716483e94311ae894788021', 19, false);
INSERT INTO public.metrics VALUES ('long', 2, 1700000000020, '103076664716483e94311ae894788021', 20, false);
INSERT INTO public.metrics VALUES ('long', 2.1, 1700000000021, '103076664716483e94311ae894788021', 21, false);
INSERT INTO public.metrics VALUES ('long', 2.2, 1700000000022, '103076664716483e94311ae894788021', 22, false);
INSERT INTO public.metrics VALUES ('long', 2.3000000000000003, 1700000000023, '103076664716483e94311ae894788021', 23, false);
INSERT INTO public.metrics VALUES ('long', 2.4000000000000004, 1700000000024, '103076664716483e94311ae894788021', 24, false);
INSERT INTO public.metrics VALUES ('long', 2.5, 1700000000025, '103076664716483e94311ae894788021', 25, false);
INSERT INTO public.metrics VALUES ('long', 2.6, 1700000000026, '103076664716483e94311ae894788021', 26, false);
INSERT INTO public.metrics VALUES ('long', 2.7, 1700000000027, '103076664716483e94311ae894788021', 27, false);
INSERT INTO public.metrics VALUES ('long', 2.8000000000000003, 1700000000028, '103076664716483e94311ae894788021', 28, false);
INSERT INTO public.metrics VALUES ('long', 2.9000000000000004, 1700000000029, '103076664716483e94311ae894788021', 29, false);
INSERT INTO public.metrics VALUES ('long', 3, 1700000000030, '103076664716483e94311ae894788021', 30, false);
INSERT INTO public.metrics VALUES ('long', 3.1, 1700000000031, '103076664716483e94311ae894788021', 31, false);
INSERT INTO public.metrics VALUES ('long', 3.2, 1700000000032, '103076664716483e94311ae894788021', 32, false);
INSERT INTO public.metrics VALUES ('long', 3.3000000000000003, 1700000000033, '103076664716483e94311ae894788021', 33, false);
INSERT INTO public.metrics VALUES ('long', 3.4000000000000004, 1700000000034, '103076664716483e94311ae894788021', 34, false);
INSERT INTO public.metrics VALUES ('long', 3.5, 1700000000035, '103076664716483e94311ae894788021', 35, false);
INSERT INTO public.metrics VALUES ('long', 3.6, 1700000000036, '103076664716483e94311ae894788021', 36, false);
INSERT INTO public.metrics VALUES ('long', 3.7, 1700000000037, '103076664716483e94311ae894788021', 37, false);
INSERT INTO public.metrics VALUES ('long', 3.8000000000000003, 1700000000038, '103076664716483e94311ae894788021', 38, false);
INSERT INTO public.metrics VALUES ('long', 3.9000000000000004, 1700000000039, '103076664716483e94311ae894788021', 39, false);
INSERT INTO public.metrics VALUES ('long', 4, 1700000000040, '103076664716483e94311ae894788021', 40, false);
INSERT INTO public.metrics VALUES ('long', 4.1000000000000005, 1700000000041, '103076664716483e94311ae894788021', 41, false);
INSERT INTO public.metrics VALUES ('long', 4.2, 1700000000042, '103076664716483e94311ae894788021', 42, false);
INSERT INTO public.metrics VALUES ('long', 4.3, 1700000000043, '103076664716483e94311ae894788021', 43, false);
INSERT INTO public.metrics VALUES ('long', 4.4, 1700000000044, '103076664716483e94311ae894788021', 44, false);
INSERT INTO public.metrics VALUES ('long', 4.5, 1700000000045, '103076664716483e94311ae894788021', 45, false);
INSERT INTO public.metrics VALUES ('long', 4.6000000000000005, 1700000000046, '103076664716483e94311ae894788021', 46, false);
INSERT INTO public.metrics VALUES ('long', 4.7, 1700000000047, '103076664716483e94311ae894788021', 47, false);
INSERT INTO public.metrics VALUES ('long', 4.800000000000001, 1700000000048, '103076664716483e94311ae894788021', 48, false);
INSERT INTO public.metrics VALUES ('long', 4.9, 1700000000049, '103076664716483e94311ae894788021', 49, false);
INSERT INTO public.metrics VALUES ('long', 5, 1700000000050, '103076664716483e94311ae894788021', 50, false);
INSERT INTO public.metrics VALUES ('long', 5.1000000000000005, 1700000000051, '103076664716483e94311ae894788021', 51, false);
INSERT INTO public.metrics VALUES ('long', 5.2, 1700000000052, '103076664716483e94311ae894788021', 52, false);
INSERT INTO public.metrics VALUES ('long', 5.300000000000001, 1700000000053, '103076664716483e94311ae894788021', 53, false);
INSERT INTO public.metrics VALUES ('long', 5.4, 1700000000054, '103076664716483e94311ae894788021', 54, false);
INSERT INTO public.metrics VALUES ('long', 5.5, 1700000000055, '103076664716483e94311ae894788021', 55, false);
INSERT INTO public.metrics VALUES ('long', 5.6000000000000005, 1700000000056, '103076664716483e94311ae894788021', 56, false);
INSERT INTO public.metrics VALUES ('long', 5.7, 1700000000057, '103076664716483e94311ae894788021', 57, false);
INSERT INTO public.metrics VALUES ('long', 5.800000000000001, 1700000000058, '103076664716483e94311ae894788021', 58, false);
INSERT INTO public.metrics VALUES ('long', 5.9, 1700000000059, '103076664716483e94311ae894788021', 59, false);
INSERT INTO public.metrics VALUES ('long', 6, 1700000000060, '103076664716483e94311ae894788021', 60, false);
INSERT INTO public.metrics VALUES ('long', 6.1000000000000005, 1700000000061, '103076664716483e94311ae894788021', 61, false);
INSERT INTO public.metrics VALUES ('long', 6.2, 1700000000062, '103076664716483e94311ae894788021', 62, false);
INSERT INTO public.metrics VALUES ('long', 6.300000000000001, 1700000000063, '103076664716483e94311ae894788021', 63, false);
INSERT INTO public.metrics VALUES ('long', 6.4, 1700000000064, '103076664716483e94311ae894788021', 64, false);
INSERT INTO public.metrics VALUES ('long', 6.5, 1700000000065, '103076664716483e94311ae894788021', 65, false);
INSERT INTO public.metrics VALUES ('long', 6.6000000000000005, 1700000000066, '103076664716483e94311ae894788021', 66, false);
INSERT INTO public.metrics VALUES ('long', 6.7, 1700000000067, '103076664716483e94311ae894788021', 67, false);
INSERT INTO public.metrics VALUES ('long', 6.800000000000001, 1700000000068, '103076664716483e94311ae894788021', 68, false);
INSERT INTO public.metrics VALUES ('long', 6.9, 1700000000069, '103076664716483e94311ae894788021', 69, false);
INSERT INTO public.metrics VALUES ('long', 7, 1700000000070, '103076664716483e94311ae894788021', 70, false);
INSERT INTO public.metrics VALUES ('long', 7.1000000000000005, 1700000000071, '103076664716483e94311ae894788021', 71, false);
INSERT INTO public.metrics VALUES ('long', 7.2, 1700000000072, '103076664716483e94311ae894788021', 72, false);
INSERT INTO public.metrics VALUES ('long', 7.300000000000001, 1700000000073, '103076664716483e94311ae894788021', 73, false);
INSERT INTO public.metrics VALUES ('long', 7.4, 1700000000074, '103076664716483e94311ae894788021', 74, false);
INSERT INTO public.metrics VALUES ('long', 7.5, 1700000000075, '103076664716483e94311ae894788021', 75, false);
INSERT INTO public.metrics VALUES ('long', 7.6000000000000005, 1700000000076, '103076664716483e94311ae894788021', 76, false);
INSERT INTO public.metrics VALUES ('long', 7.7, 1700000000077, '103076664716483e94311ae894788021', 77, false);
INSERT INTO public.metrics VALUES ('long', 7.800000000000001, 1700000000078, '103076664716483e94311ae894788021', 78, false);
INSERT INTO public.metrics VALUES ('long', 7.9, 1700000000079, '103076664716483e94311ae894788021', 79, false);
INSERT INTO public.metrics VALUES ('long', 8, 1700000000080, '103076664716483e94311ae894788021', 80, false);
INSERT INTO public.metrics VALUES ('long', 8.1, 1700000000081, '103076664716483e94311ae894788021', 81, false);
INSERT INTO public.metrics VALUES ('long', 8.200000000000001, 1700000000082, '103076664716483e94311ae894788021', 82, false);
INSERT INTO public.metrics VALUES ('long', 8.3, 1700000000083, '103076664716483e94311ae894788021', 83, false);
INSERT INTO public.metrics VALUES ('long', 8.4, 1700000000084, '103076664716483e94311ae894788021', 84, false);
INSERT INTO public.metrics VALUES ('long', 8.5, 1700000000085, '103076664716483e94311ae894788021', 85, false);
INSERT INTO public.metrics VALUES ('long', 8.6, 1700000000086, '103076664716483e94311ae894788021', 86, false);
INSERT INTO public.metrics VALUES ('long', 8.700000000000001, 1700000000087, '103076664716483e94311ae894788021', 87, false);
INSERT INTO public.metrics VALUES ('long', 8.8, 1700000000088, '103076664716483e94311ae894788021', 88, false);
INSERT INTO public.metrics VALUES ('long', 8.9, 1700000000089, '103076664716483e94311ae894788021', 89, false);
INSERT INTO public.metrics VALUES ('long', 9, 1700000000090, '103076664716483e94311ae894788021', 90, false);
INSERT INTO public.metrics VALUES ('long', 9.1, 1700000000091, '103076664716483e94311ae894788021', 91, false);
INSERT INTO public.metrics VALUES ('long', 9.200000000000001, 1700000000092, '103076664716483e94311ae894788021', 92, false);
INSERT INTO public.metrics VALUES ('long', 9.3, 1700000000093, '103076664716483e94311ae894788021', 93, false);
INSERT INTO public.metrics VALUES ('long', 9.4, 1700000000094, '103076664716483e94311ae894788021', 94, false);
INSERT INTO public.metrics VALUES ('long', 9.5, 1700000000095, '103076664716483e94311ae894788021', 95, false);
INSERT INTO public.metrics VALUES ('long', 9.600000000000001, 1700000000096, '103076664716483e94311ae894788021', 96, false);
INSERT INTO public.metrics VALUES ('long', 9.700000000000001, 1700000000097, '103076664716483e94311ae894788021', 97, false);
INSERT INTO public.metrics VALUES ('long', 9.8, 1700000000098, '103076664716483e94311ae894788021', 98, false);
INSERT INTO public.metrics VALUES ('long', 9.9, 1700000000099, '103076664716483e94311ae894788021', 99, false);
INSERT INTO public.metrics VALUES ('long', 10, 1700000000100, '103076664716483e94311ae894788021', 100, false);
INSERT INTO public.metrics VALUES ('long', 10.100000000000001, 1700000000101, '103076664716483e94311ae894788021', 101, false);
INSERT INTO public.metrics VALUES ('long', 10.200000000000001, 1700000000102, '103076664716483e94311ae894788021', 102, false);
INSERT INTO public.metrics VALUES ('long', 10.3, 1700000000103, '103076664716483e94311ae894788021', 103, false);
INSERT INTO public.metrics VALUES ('long', 10.4, 1700000000104, '103076664716483e94311ae894788021', 104, false);
INSERT INTO public.metrics VALUES ('long', 10.5, 1700000000105, '103076664716483e94311ae894788021', 105, false);
INSERT INTO public.metrics VALUES ('long', 10.600000000000001, 1700000000106, '103076664716483e94311ae894788021', 106, false);
INSERT INTO public.metrics VALUES ('long', 10.700000000000001, 1700000000107, '103076664716483e94311ae894788021', 107, false);
INSERT INTO public.metrics VALUES ('long', 10.8, 1700000000108, '103076664716483e94311ae894788021', 108, false);
INSERT INTO public.metrics VALUES ('long', 10.9, 1700000000109, '103076664716483e94311ae894788021', 109, false);
INSERT INTO public.metrics VALUES ('long', 11, 1700000000110, '103076664716483e94311ae894788021', 110, false);
INSERT INTO public.metrics VALUES ('long', 11.100000000000001, 1700000000111, '103076664716483e94311ae894788021', 111, false);
INSERT INTO public.metrics VALUES ('long', 11.200000000000001, 1700000000112, '103076664716483e94311ae894788021', 112, false);
INSERT INTO public.metrics VALUES ('long', 11.3, 1700000000113, '103076664716483e94311ae894788021', 113, false);
INSERT INTO public.metrics VALUES ('long', 11.4, 1700000000114, '103076664716483e94311ae894788021', 114, false);
INSERT INTO public.metrics VALUES ('long', 11.5, 1700000000115, '103076664716483e94311ae894788021', 115, false);
INSERT INTO public.metrics VALUES ('long', 11.600000000000001, 1700000000116, '103076664716483e94311ae894788021', 116, false);
INSERT INTO public.metrics VALUES ('long', 11.700000000000001, 1700000000117, '103076664716483e94311ae894788021', 117, false);
INSERT INTO public.metrics VALUES ('long', 11.8, 1700000000118, '103076664716483e94311ae894788021', 118, false);
INSERT INTO public.metrics VALUES ('long', 11.9, 1700000000119, '103076664716483e94311ae894788021', 119, false);
INSERT INTO public.metrics VALUES ('long', 12, 1700000000120, '103076664716483e94311ae894788021', 120, false);
INSERT INTO public.metrics VALUES ('long', 12.100000000000001, 1700000000121, '103076664716483e94311ae894788021', 121, false);
INSERT INTO public.metrics VALUES ('long', 12.200000000000001, 1700000000122, '103076664716483e94311ae894788021', 122, false);
INSERT INTO public.metrics VALUES ('long', 12.3, 1700000000123, '103076664716483e94311ae894788021', 123, false);
INSERT INTO public.metrics VALUES ('long', 12.4, 1700000000124, '103076664716483e94311ae894788021', 124, false);
INSERT INTO public.metrics VALUES ('long', 12.5, 1700000000125, '103076664716483e94311ae894788021', 125, false);
INSERT INTO public.metrics VALUES ('long', 12.600000000000001, 1700000000126, '103076664716483e94311ae894788021', 126, false);
INSERT INTO public.metrics VALUES ('long', 12.700000000000001, 1700000000127, '103076664716483e94311ae894788021', 127, false);
INSERT INTO public.metrics VALUES ('long', 12.8, 1700000000128, '103076664716483e94311ae894788021', 128, false);
INSERT INTO public.metrics VALUES ('long', 12.9, 1700000000129, '103076664716483e94311ae894788021', 129, false);
INSERT INTO public.metrics VALUES ('long', 13, 1700000000130, '103076664716483e94311ae894788021', 130, false);
INSERT INTO public.metrics VALUES ('long', 13.100000000000001, 1700000000131, '103076664716483e94311ae894788021', 131, false);
INSERT INTO public.metrics VALUES ('long', 13.200000000000001, 1700000000132, '103076664716483e94311ae894788021', 132, false);
INSERT INTO public.metrics VALUES ('long', 13.3, 1700000000133, '103076664716483e94311ae894788021', 133, false);
INSERT INTO public.metrics VALUES ('long', 13.4, 1700000000134, '103076664716483e94311ae894788021', 134, false);
INSERT INTO public.metrics VALUES ('long', 13.5, 1700000000135, '103076664716483e94311ae894788021', 135, false);
INSERT INTO public.metrics VALUES ('long', 13.600000000000001, 1700000000136, '103076664716483e94311ae894788021', 136, false);
INSERT INTO public.metrics VALUES ('long', 13.700000000000001, 1700000000137, '103076664716483e94311ae894788021', 137, false);
INSERT INTO public.metrics VALUES ('long', 13.8, 1700000000138, '103076664716483e94311ae894788021', 138, false);
INSERT INTO public.metrics VALUES ('long', 13.9, 1700000000139, '103076664716483e94311ae894788021', 139, false);
INSERT INTO public.metrics VALUES ('long', 14, 1700000000140, '103076664716483e94311ae894788021', 140, false);
INSERT INTO public.metrics VALUES ('long', 14.100000000000001, 1700000000141, '103076664716483e94311ae894788021', 141, false);
INSERT INTO public.metrics VALUES ('long', 14.200000000000001, 1700000000142, '103076664716483e94311ae894788021', 142, false);
INSERT INTO public.metrics VALUES ('long', 14.3, 1700000000143, '103076664716483e94311ae894788021', 143, false);
INSERT INTO public.metrics VALUES ('long', 14.4, 1700000000144, '103076664716483e94311ae894788021', 144, false);
INSERT INTO public.metrics VALUES ('long', 14.5, 1700000000145, '103076664716483e94311ae894788021', 145, false);
INSERT INTO public.metrics VALUES ('long', 14.600000000000001, 1700000000146, '103076664716483e94311ae894788021', 146, false);
INSERT INTO public.metrics VALUES ('long', 14.700000000000001, 1700000000147, '103076664716483e94311ae894788021', 147, false);
INSERT INTO public.metrics VALUES ('long', 14.8, 1700000000148, '103076664716483e94311ae894788021', 148, false);
INSERT INTO public.metrics VALUES ('long', 14.9, 1700000000149, '103076664716483e94311ae894788021', 149, false);
INSERT INTO public.metrics VALUES ('long', 15, 1700000000150, '103076664716483e94311ae894788021', 150, false);
INSERT INTO public.metrics VALUES ('long', 15.100000000000001, 1700000000151, '103076664716483e94311ae894788021', 151, false);
INSERT INTO public.metrics VALUES ('long', 15.200000000000001, 1700000000152, '103076664716483e94311ae894788021', 152, false);
INSERT INTO public.metrics VALUES ('long', 15.3, 1700000000153, '103076664716483e94311ae894788021', 153, false);
INSERT INTO public.metrics VALUES ('long', 15.4, 1700000000154, '103076664716483e94311ae894788021', 154, false);
INSERT INTO public.metrics VALUES ('long', 15.5, 1700000000155, '103076664716483e94311ae894788021', 155, false);
INSERT INTO public.metrics VALUES ('long', 15.600000000000001, 1700000000156, '103076664716483e94311ae894788021', 156, false);
INSERT INTO public.metrics VALUES ('long', 15.700000000000001, 1700000000157, '103076664716483e94311ae894788021', 157, false);
INSERT INTO public.metrics VALUES ('long', 15.8, 1700000000158, '103076664716483e94311ae894788021', 158, false);
INSERT INTO public.metrics VALUES ('long', 15.9, 1700000000159, '103076664716483e94311ae894788021', 159, false);
INSERT INTO public.metrics VALUES ('long', 16, 1700000000160, '103076664716483e94311ae894788021', 160, false);
INSERT INTO public.metrics VALUES ('long', 16.1, 1700000000161, '103076664716483e94311ae894788021', 161, false);
INSERT INTO public.metrics VALUES ('long', 16.2, 1700000000162, '103076664716483e94311ae894788021', 162, false);
INSERT INTO public.metrics VALUES ('long', 16.3, 1700000000163, '103076664716483e94311ae894788021', 163, false);
INSERT INTO public.metrics VALUES ('long', 16.400000000000002, 1700000000164, '103076664716483e94311ae894788021', 164, false);
INSERT INTO public.metrics VALUES ('long', 16.5, 1700000000165, '103076664716483e94311ae894788021', 165, false);
INSERT INTO public.metrics VALUES ('long', 16.6, 1700000000166, '103076664716483e94311ae894788021', 166, false);
INSERT INTO public.metrics VALUES ('long', 16.7, 1700000000167, '103076664716483e94311ae894788021', 167, false);
INSERT INTO public.metrics VALUES ('long', 16.8, 1700000000168, '103076664716483e94311ae894788021', 168, false);
INSERT INTO public.metrics VALUES ('long', 16.900000000000002, 1700000000169, '103076664716483e94311ae894788021', 169, false);
INSERT INTO public.metrics VALUES ('long', 17, 1700000000170, '103076664716483e94311ae894788021', 170, false);
INSERT INTO public.metrics VALUES ('long', 17.1, 1700000000171, '103076664716483e94311ae894788021', 171, false);
INSERT INTO public.metrics VALUES ('long', 17.2, 1700000000172, '103076664716483e94311ae894788021', 172, false);
INSERT INTO public.metrics VALUES ('long', 17.3, 1700000000173, '103076664716483e94311ae894788021', 173, false);
INSERT INTO public.metrics VALUES ('long', 17.400000000000002, 1700000000174, '103076664716483e94311ae894788021', 174, false);
INSERT INTO public.metrics VALUES ('long', 17.5, 1700000000175, '103076664716483e94311ae894788021', 175, false);
INSERT INTO public.metrics VALUES ('long', 17.6, 1700000000176, '103076664716483e94311ae894788021', 176, false);
INSERT INTO public.metrics VALUES ('long', 17.7, 1700000000177, '103076664716483e94311ae894788021', 177, false);
INSERT INTO public.metrics VALUES ('long', 17.8, 1700000000178, '103076664716483e94311ae894788021', 178, false);
INSERT INTO public.metrics VALUES ('long', 17.900000000000002, 1700000000179, '103076664716483e94311ae894788021', 179, false);
INSERT INTO public.metrics VALUES ('long', 18, 1700000000180, '103076664716483e94311ae894788021', 180, false);
INSERT INTO public.metrics VALUES ('long', 18.1, 1700000000181, '103076664716483e94311ae894788021', 181, false);
INSERT INTO public.metrics VALUES ('long', 18.2, 1700000000182, '103076664716483e94311ae894788021', 182, false);
INSERT INTO public.metrics VALUES ('long', 18.3, 1700000000183, '103076664716483e94311ae894788021', 183, false);
INSERT INTO public.metrics VALUES ('long', 18.400000000000002, 1700000000184, '103076664716483e94311ae894788021', 184, false);
INSERT INTO public.metrics VALUES ('long', 18.5, 1700000000185, '103076664716483e94311ae894788021', 185, false);
INSERT INTO public.metrics VALUES ('long', 18.6, 1700000000186, '103076664716483e94311ae894788021', 186, false);
INSERT INTO public.metrics VALUES ('long', 18.7, 1700000000187, '103076664716483e94311ae894788021', 187, false);
INSERT INTO public.metrics VALUES ('long', 18.8, 1700000000188, '103076664716483e94311ae894788021', 188, false);
INSERT INTO public.metrics VALUES ('long', 18.900000000000002, 1700000000189, '103076664716483e94311ae894788021', 189, false);
INSERT INTO public.metrics VALUES ('long', 19, 1700000000190, '103076664716483e94311ae894788021', 190, false);
INSERT INTO public.metrics VALUES ('long', 19.1, 1700000000191, '103076664716483e94311ae894788021', 191, false);
INSERT INTO public.metrics VALUES ('long', 19.200000000000003, 1700000000192, '103076664716483e94311ae894788021', 192, false);
INSERT INTO public.metrics VALUES ('long', 19.3, 1700000000193, '103076664716483e94311ae894788021', 193, false);
INSERT INTO public.metrics VALUES ('long', 19.400000000000002, 1700000000194, '103076664716483e94311ae894788021', 194, false);
INSERT INTO public.metrics VALUES ('long', 19.5, 1700000000195, '103076664716483e94311ae894788021', 195, false);
INSERT INTO public.metrics VALUES ('long', 19.6, 1700000000196, '103076664716483e94311ae894788021', 196, false);
INSERT INTO public.metrics VALUES ('long', 19.700000000000003, 1700000000197, '103076664716483e94311ae894788021', 197, false);
INSERT INTO public.metrics VALUES ('long', 19.8, 1700000000198, '103076664716483e94311ae894788021', 198, false);
INSERT INTO public.metrics VALUES ('long', 19.900000000000002, 1700000000199, '103076664716483e94311ae894788021', 199, false);
INSERT INTO public.metrics VALUES ('long', 20, 1700000000200, '103076664716483e94311ae894788021', 200, false);
INSERT INTO public.metrics VALUES ('long', 20.1, 1700000000201, '103076664716483e94311ae894788021', 201, false);
INSERT INTO public.metrics VALUES ('long', 20.200000000000003, 1700000000202, '103076664716483e94311ae894788021', 202, false);
INSERT INTO public.metrics VALUES ('long', 20.3, 1700000000203, '103076664716483e94311ae894788021', 203, false);
INSERT INTO public.metrics VALUES ('long', 20.400000000000002, 1700000000204, '103076664716483e94311ae894788021', 204, false);
INSERT INTO public.metrics VALUES ('long', 20.5, 1700000000205, '103076664716483e94311ae894788021', 205, false);
INSERT INTO public.metrics VALUES ('long', 20.6, 1700000000206, '103076664716483e94311ae894788021', 206, false);
INSERT INTO public.metrics VALUES ('long', 20.700000000000003, 1700000000207, '103076664716483e94311ae894788021', 207, false);
INSERT INTO public.metrics VALUES ('long', 20.8, 1700000000208, '103076664716483e94311ae894788021', 208, false);
INSERT INTO public.metrics VALUES ('long', 20.900000000000002, 1700000000209, '103076664716483e94311ae894788021', 209, false);
INSERT INTO public.metrics VALUES ('long', 21, 1700000000210, '103076664716483e94311ae894788021', 210, false);
INSERT INTO public.metrics VALUES ('long', 21.1, 1700000000211, '103076664716483e94311ae894788021', 211, false);
INSERT INTO public.metrics VALUES ('long', 21.200000000000003, 1700000000212, '103076664716483e94311ae894788021', 212, false);
INSERT INTO public.metrics VALUES ('long', 21.3, 1700000000213, '103076664716483e94311ae894788021', 213, false);
INSERT INTO public.metrics VALUES ('long', 21.400000000000002, 1700000000214, '103076664716483e94311ae894788021', 214, false);
INSERT INTO public.metrics VALUES ('long', 21.5, 1700000000215, '103076664716483e94311ae894788021', 215, false);
INSERT INTO public.metrics VALUES ('long', 21.6, 1700000000216, '103076664716483e94311ae894788021', 216, false);
INSERT INTO public.metrics VALUES ('long', 21.700000000000003, 1700000000217, '103076664716483e94311ae894788021', 217, false);
INSERT INTO public.metrics VALUES ('long', 21.8, 1700000000218, '103076664716483e94311ae894788021', 218, false);
INSERT INTO public.metrics VALUES ('long', 21.900000000000002, 1700000000219, '103076664716483e94311ae894788021', 219, false);
INSERT INTO public.metrics VALUES ('long', 22, 1700000000220, '103076664716483e94311ae894788021', 220, false);
INSERT INTO public.metrics VALUES ('long', 22.1, 1700000000221, '103076664716483e94311ae894788021', 221, false);
INSERT INTO public.metrics VALUES ('long', 22.200000000000003, 1700000000222, '103076664716483e94311ae894788021', 222, false);
INSERT INTO public.metrics VALUES ('long', 22.3, 1700000000223, '103076664716483e94311ae894788021', 223, false);
INSERT INTO public.metrics VALUES ('long', 22.400000000000002, 1700000000224, '103076664716483e94311ae894788021', 224, false);
INSERT INTO public.metrics VALUES ('long', 22.5, 1700000000225, '103076664716483e94311ae894788021', 225, false);
INSERT INTO public.metrics VALUES ('long', 22.6, 1700000000226, '103076664716483e94311ae894788021', 226, false);
INSERT INTO public.metrics VALUES ('long', 22.700000000000003, 1700000000227, '103076664716483e94311ae894788021', 227, false);
INSERT INTO public.metrics VALUES ('long', 22.8, 1700000000228, '103076664716483e94311ae894788021', 228, false);
INSERT INTO public.metrics VALUES ('long', 22.900000000000002, 1700000000229, '103076664716483e94311ae894788021', 229, false);
INSERT INTO public.metrics VALUES ('long', 23, 1700000000230, '103076664716483e94311ae894788021', 230, false);
INSERT INTO public.metrics VALUES ('long', 23.1, 1700000000231, '103076664716483e94311ae894788021', 231, false);
INSERT INTO public.metrics VALUES ('long', 23.200000000000003, 1700000000232, '103076664716483e94311ae894788021', 232, false);
INSERT INTO public.metrics VALUES ('long', 23.3, 1700000000233, '103076664716483e94311ae894788021', 233, false);
INSERT INTO public.metrics VALUES ('long', 23.400000000000002, 1700000000234, '103076664716483e94311ae894788021', 234, false);
INSERT INTO public.metrics VALUES ('long', 23.5, 1700000000235, '103076664716483e94311ae894788021', 235, false);
INSERT INTO public.metrics VALUES ('long', 23.6, 1700000000236, '103076664716483e94311ae894788021', 236, false);
INSERT INTO public.metrics VALUES ('long', 23.700000000000003, 1700000000237, '103076664716483e94311ae894788021', 237, false);
INSERT INTO public.metrics VALUES ('long', 23.8, 1700000000238, '103076664716483e94311ae894788021', 238, false);
INSERT INTO public.metrics VALUES ('long', 23.900000000000002, 1700000000239, '103076664716483e94311ae894788021', 239, false);
INSERT INTO public.metrics VALUES ('long', 24, 1700000000240, '103076664716483e94311ae894788021', 240, false);
INSERT INTO public.metrics VALUES ('long', 24.1, 1700000000241, '103076664716483e94311ae894788021', 241, false);
INSERT INTO public.metrics VALUES ('long', 24.200000000000003, 1700000000242, '103076664716483e94311ae894788021', 242, false);
INSERT INTO public.metrics VALUES ('long', 24.3, 1700000000243, '103076664716483e94311ae894788021', 243, false);
INSERT INTO public.metrics VALUES ('long', 24.400000000000002, 1700000000244, '103076664716483e94311ae894788021', 244, false);
INSERT INTO public.metrics VALUES ('long', 24.5, 1700000000245, '103076664716483e94311ae894788021', 245, false);
INSERT INTO public.metrics VALUES ('long', 24.6, 1700000000246, '103076664716483e94311ae894788021', 246, false);
INSERT INTO public.metrics VALUES ('long', 24.700000000000003, 1700000000247, '103076664716483e94311ae894788021', 247, false);
INSERT INTO public.metrics VALUES ('long', 24.8, 1700000000248, '103076664716483e94311ae894788021', 248, false);
INSERT INTO public.metrics VALUES ('long', 24.900000000000002, 1700000000249, '103076664716483e94311ae894788021', 249, false);
INSERT INTO public.metrics VALUES ('long', 25, 1700000000250, '103076664716483e94311ae894788021', 250, false);
INSERT INTO public.metrics VALUES ('long', 25.1, 1700000000251, '103076664716483e94311ae894788021', 251, false);
INSERT INTO public.metrics VALUES ('long', 25.200000000000003, 1700000000252, '103076664716483e94311ae894788021', 252, false);
INSERT INTO public.metrics VALUES ('long', 25.3, 1700000000253, '103076664716483e94311ae894788021', 253, false);
INSERT INTO public.metrics VALUES ('long', 25.400000000000002, 1700000000254, '103076664716483e94311ae894788021', 254, false);
INSERT INTO public.metrics VALUES ('long', 25.5, 1700000000255, '103076664716483e94311ae894788021', 255, false);
INSERT INTO public.metrics VALUES ('long', 25.6, 1700000000256, '103076664716483e94311ae894788021', 256, false);
INSERT INTO public.metrics VALUES ('long', 25.700000000000003, 1700000000257, '103076664716483e94311ae894788021', 257, false);
INSERT INTO public.metrics VALUES ('long', 25.8, 1700000000258, '103076664716483e94311ae894788021', 258, false);
INSERT INTO public.metrics VALUES ('long', 25.900000000000002, 1700000000259, '103076664716483e94311ae894788021', 259, false);
INSERT INTO public.metrics VALUES ('long', 26, 1700000000260, '103076664716483e94311ae894788021', 260, false);
INSERT INTO public.metrics VALUES ('long', 26.1, 1700000000261, '103076664716483e94311ae894788021', 261, false);
INSERT INTO public.metrics VALUES ('long', 26.200000000000003, 1700000000262, '103076664716483e94311ae894788021', 262, false);
INSERT INTO public.metrics VALUES ('long', 26.3, 1700000000263, '103076664716483e94311ae894788021', 263, false);
INSERT INTO public.metrics VALUES ('long', 26.400000000000002, 1700000000264, '103076664716483e94311ae894788021', 264, false);
INSERT INTO public.metrics VALUES ('long', 26.5, 1700000000265, '103076664716483e94311ae894788021', 265, false);
INSERT INTO public.metrics VALUES ('long', 26.6, 1700000000266, '103076664716483e94311ae894788021', 266, false);
INSERT INTO public.metrics VALUES ('long', 26.700000000000003, 1700000000267, '103076664716483e94311ae894788021', 267, false);
INSERT INTO public.metrics VALUES ('long', 26.8, 1700000000268, '103076664716483e94311ae894788021', 268, false);
INSERT INTO public.metrics VALUES ('long', 26.900000000000002, 1700000000269, '103076664716483e94311ae894788021', 269, false);
INSERT INTO public.metrics VALUES ('long', 27, 1700000000270, '103076664716483e94311ae894788021', 270, false);
INSERT INTO public.metrics VALUES ('long', 27.1, 1700000000271, '103076664716483e94311ae894788021', 271, false);
INSERT INTO public.metrics VALUES ('long', 27.200000000000003, 1700000000272, '103076664716483e94311ae894788021', 272, false);
INSERT INTO public.metrics VALUES ('long', 27.3, 1700000000273, '103076664716483e94311ae894788021', 273, false);
INSERT INTO public.metrics VALUES ('long', 27.400000000000002, 1700000000274, '103076664716483e94311ae894788021', 274, false);
INSERT INTO public.metrics VALUES ('long', 27.5, 1700000000275, '103076664716483e94311ae894788021', 275, false);
INSERT INTO public.metrics VALUES ('long', 27.6, 1700000000276, '103076664716483e94311ae894788021', 276, false);
INSERT INTO public.metrics VALUES ('long', 27.700000000000003, 1700000000277, '103076664716483e94311ae894788021', 277, false);
INSERT INTO public.metrics VALUES ('long', 27.8, 1700000000278, '103076664716483e94311ae894788021', 278, false);
INSERT INTO public.metrics VALUES ('long', 27.900000000000002, 1700000000279, '103076664716483e94311ae894788021', 279, false);
INSERT INTO public.metrics VALUES ('long', 28, 1700000000280, '103076664716483e94311ae894788021', 280, false);
INSERT INTO public.metrics VALUES ('long', 28.1, 1700000000281, '103076664716483e94311ae894788021', 281, false);
INSERT INTO public.metrics VALUES ('long', 28.200000000000003, 1700000000282, '103076664716483e94311ae894788021', 282, false);
INSERT INTO public.metrics VALUES ('long', 28.3, 1700000000283, '103076664716483e94311ae894788021', 283, false);
INSERT INTO public.metrics VALUES ('long', 28.400000000000002, 1700000000284, '103076664716483e94311ae894788021', 284, false);
INSERT INTO public.metrics VALUES ('long', 28.5, 1700000000285, '103076664716483e94311ae894788021', 285, false);
INSERT INTO public.metrics VALUES ('long', 28.6, 1700000000286, '103076664716483e94311ae894788021', 286, false);
INSERT INTO public.metrics VALUES ('long', 28.700000000000003, 1700000000287, '103076664716483e94311ae894788021', 287, false);
INSERT INTO public.metrics VALUES ('long', 28.8, 1700000000288, '103076664716483e94311ae894788021', 288, false);
INSERT INTO public.metrics VALUES ('long', 28.900000000000002, 1700000000289, '103076664716483e94311ae894788021', 289, false);
INSERT INTO public.metrics VALUES ('long', 29, 1700000000290, '103076664716483e94311ae894788021', 290, false);
INSERT INTO public.metrics VALUES ('long', 29.1, 1700000000291, '103076664716483e94311ae894788021', 291, false);
INSERT INTO public.metrics VALUES ('long', 29.200000000000003, 1700000000292, '103076664716483e94311ae894788021', 292, false);
INSERT INTO public.metrics VALUES ('long', 29.3, 1700000000293, '103076664716483e94311ae894788021', 293, false);
INSERT INTO public.metrics VALUES ('long', 29.400000000000002, 1700000000294, '103076664716483e94311ae894788021', 294, false);
INSERT INTO public.metrics VALUES ('long', 29.5, 1700000000295, '103076664716483e94311ae894788021', 295, false);
INSERT INTO public.metrics VALUES ('long', 29.6, 1700000000296, '103076664716483e94311ae894788021', 296, false);
INSERT INTO public.metrics VALUES ('long', 29.700000000000003, 1700000000297, '103076664716483e94311ae894788021', 297, false);
INSERT INTO public.metrics VALUES ('long', 29.8, 1700000000298, '103076664716483e94311ae894788021', 298, false);
INSERT INTO public.metrics VALUES ('long', 29.900000000000002, 1700000000299, '103076664716483e94311ae894788021', 299, false);
INSERT INTO public.metrics VALUES ('x', 1, 1795783285965, '2541c2bd3a624a01b4b25a2317395caa', 0, false);


--
-- Data for Name: model_version_tags; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: model_versions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: params; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.params VALUES ('lr', '0.1', '103076664716483e94311ae894788021');
INSERT INTO public.params VALUES ('nested/opt', 'adam
with a second line', '103076664716483e94311ae894788021');


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
-- Data for Name: runs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.runs VALUES ('103076664716483e94311ae894788021', 'first', 'UNKNOWN', '', '', 'ann', 'FAILED', 1700000000123, 1700000060123, '', 'active', '/recorded/postgres/kept/one/103076664716483e94311ae894788021/artifacts', 1, NULL);
INSERT INTO public.runs VALUES ('fc9545f4359a42818afc30c3b47e1849', 'delightful-goat-96', 'UNKNOWN', '', '', 'unknown', 'RUNNING', 7, NULL, '', 'active', '/recorded/postgres/kept/one/fc9545f4359a42818afc30c3b47e1849/artifacts', 1, NULL);
INSERT INTO public.runs VALUES ('35a26c9488c34eb6af7b9fc779c91a39', 'serious-rook-303', 'UNKNOWN', '', '', 'unknown', 'RUNNING', 8, NULL, '', 'deleted', '/recorded/postgres/kept/one/35a26c9488c34eb6af7b9fc779c91a39/artifacts', 1, 1795783286016);
INSERT INTO public.runs VALUES ('2541c2bd3a624a01b4b25a2317395caa', 'auspicious-swan-54', 'UNKNOWN', '', '', 'unknown', 'RUNNING', 1795783285871, NULL, '', 'deleted', '/recorded/postgres/mlruns/2/2541c2bd3a624a01b4b25a2317395caa/artifacts', 2, 1795783286103);


--
-- Data for Name: tags; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tags VALUES ('mlflow.runName', 'first', '103076664716483e94311ae894788021');
INSERT INTO public.tags VALUES ('note', 'line 1
line 2
line 3
', '103076664716483e94311ae894788021');
INSERT INTO public.tags VALUES ('empty', '', '103076664716483e94311ae894788021');
INSERT INTO public.tags VALUES ('uni', 'żółw 🐢', '103076664716483e94311ae894788021');
INSERT INTO public.tags VALUES ('mlflow.user', 'ann', '103076664716483e94311ae894788021');
INSERT INTO public.tags VALUES ('mlflow.parentRunId', '103076664716483e94311ae894788021', 'fc9545f4359a42818afc30c3b47e1849');
INSERT INTO public.tags VALUES ('mlflow.runName', 'delightful-goat-96', 'fc9545f4359a42818afc30c3b47e1849');
INSERT INTO public.tags VALUES ('mlflow.runName', 'serious-rook-303', '35a26c9488c34eb6af7b9fc779c91a39');
INSERT INTO public.tags VALUES ('mlflow.runName', 'auspicious-swan-54', '2541c2bd3a624a01b4b25a2317395caa');


--
-- Data for Name: trace_info; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: trace_request_metadata; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: trace_tags; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Name: experiments_experiment_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.experiments_experiment_id_seq', 2, true);


--
-- Name: alembic_version alembic_version_pkc; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);


--
-- Name: datasets dataset_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.datasets
    ADD CONSTRAINT dataset_pk PRIMARY KEY (experiment_id, name, digest);


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
-- Name: experiments experiments_name_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiments
    ADD CONSTRAINT experiments_name_key UNIQUE (name);


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
-- Name: latest_metrics latest_metric_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.latest_metrics
    ADD CONSTRAINT latest_metric_pk PRIMARY KEY (key, run_uuid);


--
-- Name: metrics metric_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metric_pk PRIMARY KEY (key, "timestamp", step, run_uuid, value, is_nan);


--
-- Name: model_versions model_version_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_versions
    ADD CONSTRAINT model_version_pk PRIMARY KEY (name, version);


--
-- Name: model_version_tags model_version_tag_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_version_tags
    ADD CONSTRAINT model_version_tag_pk PRIMARY KEY (key, name, version);


--
-- Name: params param_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.params
    ADD CONSTRAINT param_pk PRIMARY KEY (key, run_uuid);


--
-- Name: registered_model_aliases registered_model_alias_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registered_model_aliases
    ADD CONSTRAINT registered_model_alias_pk PRIMARY KEY (name, alias);


--
-- Name: registered_models registered_model_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registered_models
    ADD CONSTRAINT registered_model_pk PRIMARY KEY (name);


--
-- Name: registered_model_tags registered_model_tag_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registered_model_tags
    ADD CONSTRAINT registered_model_tag_pk PRIMARY KEY (key, name);


--
-- Name: runs run_pk; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT run_pk PRIMARY KEY (run_uuid);


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
-- Name: index_datasets_dataset_uuid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_datasets_dataset_uuid ON public.datasets USING btree (dataset_uuid);


--
-- Name: index_datasets_experiment_id_dataset_source_type; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_datasets_experiment_id_dataset_source_type ON public.datasets USING btree (experiment_id, dataset_source_type);


--
-- Name: index_inputs_destination_type_destination_id_source_type; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_inputs_destination_type_destination_id_source_type ON public.inputs USING btree (destination_type, destination_id, source_type);


--
-- Name: index_inputs_input_uuid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_inputs_input_uuid ON public.inputs USING btree (input_uuid);


--
-- Name: index_latest_metrics_run_uuid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_latest_metrics_run_uuid ON public.latest_metrics USING btree (run_uuid);


--
-- Name: index_metrics_run_uuid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_metrics_run_uuid ON public.metrics USING btree (run_uuid);


--
-- Name: index_params_run_uuid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_params_run_uuid ON public.params USING btree (run_uuid);


--
-- Name: index_tags_run_uuid; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_tags_run_uuid ON public.tags USING btree (run_uuid);


--
-- Name: index_trace_info_experiment_id_timestamp_ms; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_trace_info_experiment_id_timestamp_ms ON public.trace_info USING btree (experiment_id, timestamp_ms);


--
-- Name: index_trace_request_metadata_request_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_trace_request_metadata_request_id ON public.trace_request_metadata USING btree (request_id);


--
-- Name: index_trace_tags_request_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX index_trace_tags_request_id ON public.trace_tags USING btree (request_id);


--
-- Name: experiment_tags experiment_tags_experiment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiment_tags
    ADD CONSTRAINT experiment_tags_experiment_id_fkey FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id);


--
-- Name: datasets fk_datasets_experiment_id_experiments; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.datasets
    ADD CONSTRAINT fk_datasets_experiment_id_experiments FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id) ON DELETE CASCADE;


--
-- Name: trace_info fk_trace_info_experiment_id; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.trace_info
    ADD CONSTRAINT fk_trace_info_experiment_id FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id);


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
-- Name: metrics metrics_run_uuid_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_run_uuid_fkey FOREIGN KEY (run_uuid) REFERENCES public.runs(run_uuid);


--
-- Name: model_version_tags model_version_tags_name_version_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_version_tags
    ADD CONSTRAINT model_version_tags_name_version_fkey FOREIGN KEY (name, version) REFERENCES public.model_versions(name, version) ON UPDATE CASCADE;


--
-- Name: model_versions model_versions_name_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.model_versions
    ADD CONSTRAINT model_versions_name_fkey FOREIGN KEY (name) REFERENCES public.registered_models(name) ON UPDATE CASCADE;


--
-- Name: params params_run_uuid_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.params
    ADD CONSTRAINT params_run_uuid_fkey FOREIGN KEY (run_uuid) REFERENCES public.runs(run_uuid);


--
-- Name: registered_model_aliases registered_model_alias_name_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registered_model_aliases
    ADD CONSTRAINT registered_model_alias_name_fkey FOREIGN KEY (name) REFERENCES public.registered_models(name) ON UPDATE CASCADE ON DELETE CASCADE;


--
-- Name: registered_model_tags registered_model_tags_name_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.registered_model_tags
    ADD CONSTRAINT registered_model_tags_name_fkey FOREIGN KEY (name) REFERENCES public.registered_models(name) ON UPDATE CASCADE;


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
-- PostgreSQL database dump complete
--


