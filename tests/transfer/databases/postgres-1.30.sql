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
    run_link character varying(500)
);


--
-- Name: params; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.params (
    key character varying(250) NOT NULL,
    value character varying(500) NOT NULL,
    run_uuid character varying(32) NOT NULL
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
    value character varying(5000),
    run_uuid character varying(32) NOT NULL
);


--
-- Name: experiments experiment_id; Type: DEFAULT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiments ALTER COLUMN experiment_id SET DEFAULT nextval('public.experiments_experiment_id_seq'::regclass);


--
-- Data for Name: alembic_version; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.alembic_version VALUES ('97727af70f4d');


--
-- Data for Name: experiment_tags; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.experiment_tags VALUES ('team', 'a: b
c', 1);


--
-- Data for Name: experiments; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.experiments VALUES (0, 'Default', './mlruns/0', 'active', 1795783221420, 1795783221420);
INSERT INTO public.experiments VALUES (1, 'exp: one', '/recorded/postgres/kept/one', 'active', 1795783221495, 1795783221495);
INSERT INTO public.experiments VALUES (2, 'gone', './mlruns/2', 'deleted', 1795783226027, 1795783226535);


--
-- Data for Name: latest_metrics; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.latest_metrics VALUES ('train/loss', -2.5, 1700000000130, 6, false, '3fdb3ade4d6f41cdb448e35c41b36681');
INSERT INTO public.latest_metrics VALUES ('acc', 0.5, 1795783223953, 0, false, '3fdb3ade4d6f41cdb448e35c41b36681');
INSERT INTO public.latest_metrics VALUES ('long', 29.900000000000002, 1700000000299, 299, false, '3fdb3ade4d6f41cdb448e35c41b36681');
INSERT INTO public.latest_metrics VALUES ('x', 1, 1795783226305, 0, false, '44432a3f6cf345c38b2be273bb6dbc8d');


--
-- Data for Name: metrics; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.metrics VALUES ('train/loss', 1, 1700000000123, '3fdb3ade4d6f41cdb448e35c41b36681', -1, false);
INSERT INTO public.metrics VALUES ('train/loss', 0, 1700000000124, '3fdb3ade4d6f41cdb448e35c41b36681', 0, true);
INSERT INTO public.metrics VALUES ('train/loss', 1.7976931348623157e+308, 1700000000125, '3fdb3ade4d6f41cdb448e35c41b36681', 1, false);
INSERT INTO public.metrics VALUES ('train/loss', -1.7976931348623157e+308, 1700000000126, '3fdb3ade4d6f41cdb448e35c41b36681', 2, false);
INSERT INTO public.metrics VALUES ('train/loss', 0, 1700000000127, '3fdb3ade4d6f41cdb448e35c41b36681', 3, false);
INSERT INTO public.metrics VALUES ('train/loss', 5e-320, 1700000000128, '3fdb3ade4d6f41cdb448e35c41b36681', 4, false);
INSERT INTO public.metrics VALUES ('train/loss', 0.1, 1700000000129, '3fdb3ade4d6f41cdb448e35c41b36681', 5, false);
INSERT INTO public.metrics VALUES ('train/loss', -2.5, 1700000000130, '3fdb3ade4d6f41cdb448e35c41b36681', 6, false);
INSERT INTO public.metrics VALUES ('acc', 0.5, 1795783223953, '3fdb3ade4d6f41cdb448e35c41b36681', 0, false);
INSERT INTO public.metrics VALUES ('acc', 0.25, 1700000000000, '3fdb3ade4d6f41cdb448e35c41b36681', -3, false);
INSERT INTO public.metrics VALUES ('long', 0, 1700000000000, '3fdb3ade4d6f41cdb448e35c41b36681', 0, false);
INSERT INTO public.metrics VALUES ('long', 0.1, 1700000000001, '3fdb3ade4d6f41cdb448e35c41b36681', 1, false);
INSERT INTO public.metrics VALUES ('long', 0.2, 1700000000002, '3fdb3ade4d6f41cdb448e35c41b36681', 2, false);
INSERT INTO public.metrics VALUES ('long', 0.30000000000000004, 1700000000003, '3fdb3ade4d6f41cdb448e35c41b36681', 3, false);
INSERT INTO public.metrics VALUES ('long', 0.4, 1700000000004, '3fdb3ade4d6f41cdb448e35c41b36681', 4, false);
INSERT INTO public.metrics VALUES ('long', 0.5, 1700000000005, '3fdb3ade4d6f41cdb448e35c41b36681', 5, false);
INSERT INTO public.metrics VALUES ('long', 0.6000000000000001, 1700000000006, '3fdb3ade4d6f41cdb448e35c41b36681', 6, false);
INSERT INTO public.metrics VALUES ('long', 0.7000000000000001, 1700000000007, '3fdb3ade4d6f41cdb448e35c41b36681', 7, false);
INSERT INTO public.metrics VALUES ('long', 0.8, 1700000000008, '3fdb3ade4d6f41cdb448e35c41b36681', 8, false);
INSERT INTO public.metrics VALUES ('long', 0.9, 1700000000009, '3fdb3ade4d6f41cdb448e35c41b36681', 9, false);
INSERT INTO public.metrics VALUES ('long', 1, 1700000000010, '3fdb3ade4d6f41cdb448e35c41b36681', 10, false);
INSERT INTO public.metrics VALUES ('long', 1.1, 1700000000011, '3fdb3ade4d6f41cdb448e35c41b36681', 11, false);
INSERT INTO public.metrics VALUES ('long', 1.2000000000000002, 1700000000012, '3fdb3ade4d6f41cdb448e35c41b36681', 12, false);
INSERT INTO public.metrics VALUES ('long', 1.3, 1700000000013, '3fdb3ade4d6f41cdb448e35c41b36681', 13, false);
INSERT INTO public.metrics VALUES ('long', 1.4000000000000001, 1700000000014, '3fdb3ade4d6f41cdb448e35c41b36681', 14, false);
INSERT INTO public.metrics VALUES ('long', 1.5, 1700000000015, '3fdb3ade4d6f41cdb448e35c41b36681', 15, false);
INSERT INTO public.metrics VALUES ('long', 1.6, 1700000000016, '3fdb3ade4d6f41cdb448e35c41b36681', 16, false);
INSERT INTO public.metrics VALUES ('long', 1.7000000000000002, 1700000000017, '3fdb3ade4d6f41cdb448e35c41b36681', 17, false);
INSERT INTO public.metrics VALUES ('long', 1.8, 1700000000018, '3fdb3ade4d6f41cdb448e35c41b36681', 18, false);
INSERT INTO public.metrics VALUES ('long', 1.9000000000000001, 1700000000019, '3fdb3ade4d6f41cdb448e35c41b36681', 19, false);
INSERT INTO public.metrics VALUES ('long', 2, 1700000000020, '3fdb3ade4d6f41cdb448e35c41b36681', 20, false);
INSERT INTO public.metrics VALUES ('long', 2.1, 1700000000021, '3fdb3ade4d6f41cdb448e35c41b36681', 21, false);
INSERT INTO public.metrics VALUES ('long', 2.2, 1700000000022, '3fdb3ade4d6f41cdb448e35c41b36681', 22, false);
INSERT INTO public.metrics VALUES ('long', 2.3000000000000003, 1700000000023, '3fdb3ade4d6f41cdb448e35c41b36681', 23, false);
INSERT INTO public.metrics VALUES ('long', 2.4000000000000004, 1700000000024, '3fdb3ade4d6f41cdb448e35c41b36681', 24, false);
INSERT INTO public.metrics VALUES ('long', 2.5, 1700000000025, '3fdb3ade4d6f41cdb448e35c41b36681', 25, false);
INSERT INTO public.metrics VALUES ('long', 2.6, 1700000000026, '3fdb3ade4d6f41cdb448e35c41b36681', 26, false);
INSERT INTO public.metrics VALUES ('long', 2.7, 1700000000027, '3fdb3ade4d6f41cdb448e35c41b36681', 27, false);
INSERT INTO public.metrics VALUES ('long', 2.8000000000000003, 1700000000028, '3fdb3ade4d6f41cdb448e35c41b36681', 28, false);
INSERT INTO public.metrics VALUES ('long', 2.9000000000000004, 1700000000029, '3fdb3ade4d6f41cdb448e35c41b36681', 29, false);
INSERT INTO public.metrics VALUES ('long', 3, 1700000000030, '3fdb3ade4d6f41cdb448e35c41b36681', 30, false);
INSERT INTO public.metrics VALUES ('long', 3.1, 1700000000031, '3fdb3ade4d6f41cdb448e35c41b36681', 31, false);
INSERT INTO public.metrics VALUES ('long', 3.2, 1700000000032, '3fdb3ade4d6f41cdb448e35c41b36681', 32, false);
INSERT INTO public.metrics VALUES ('long', 3.3000000000000003, 1700000000033, '3fdb3ade4d6f41cdb448e35c41b36681', 33, false);
INSERT INTO public.metrics VALUES ('long', 3.4000000000000004, 1700000000034, '3fdb3ade4d6f41cdb448e35c41b36681', 34, false);
INSERT INTO public.metrics VALUES ('long', 3.5, 1700000000035, '3fdb3ade4d6f41cdb448e35c41b36681', 35, false);
INSERT INTO public.metrics VALUES ('long', 3.6, 1700000000036, '3fdb3ade4d6f41cdb448e35c41b36681', 36, false);
INSERT INTO public.metrics VALUES ('long', 3.7, 1700000000037, '3fdb3ade4d6f41cdb448e35c41b36681', 37, false);
INSERT INTO public.metrics VALUES ('long', 3.8000000000000003, 1700000000038, '3fdb3ade4d6f41cdb448e35c41b36681', 38, false);
INSERT INTO public.metrics VALUES ('long', 3.9000000000000004, 1700000000039, '3fdb3ade4d6f41cdb448e35c41b36681', 39, false);
INSERT INTO public.metrics VALUES ('long', 4, 1700000000040, '3fdb3ade4d6f41cdb448e35c41b36681', 40, false);
INSERT INTO public.metrics VALUES ('long', 4.1000000000000005, 1700000000041, '3fdb3ade4d6f41cdb448e35c41b36681', 41, false);
INSERT INTO public.metrics VALUES ('long', 4.2, 1700000000042, '3fdb3ade4d6f41cdb448e35c41b36681', 42, false);
INSERT INTO public.metrics VALUES ('long', 4.3, 1700000000043, '3fdb3ade4d6f41cdb448e35c41b36681', 43, false);
INSERT INTO public.metrics VALUES ('long', 4.4, 1700000000044, '3fdb3ade4d6f41cdb448e35c41b36681', 44, false);
INSERT INTO public.metrics VALUES ('long', 4.5, 1700000000045, '3fdb3ade4d6f41cdb448e35c41b36681', 45, false);
INSERT INTO public.metrics VALUES ('long', 4.6000000000000005, 1700000000046, '3fdb3ade4d6f41cdb448e35c41b36681', 46, false);
INSERT INTO public.metrics VALUES ('long', 4.7, 1700000000047, '3fdb3ade4d6f41cdb448e35c41b36681', 47, false);
INSERT INTO public.metrics VALUES ('long', 4.800000000000001, 1700000000048, '3fdb3ade4d6f41cdb448e35c41b36681', 48, false);
INSERT INTO public.metrics VALUES ('long', 4.9, 1700000000049, '3fdb3ade4d6f41cdb448e35c41b36681', 49, false);
INSERT INTO public.metrics VALUES ('long', 5, 1700000000050, '3fdb3ade4d6f41cdb448e35c41b36681', 50, false);
INSERT INTO public.metrics VALUES ('long', 5.1000000000000005, 1700000000051, '3fdb3ade4d6f41cdb448e35c41b36681', 51, false);
INSERT INTO public.metrics VALUES ('long', 5.2, 1700000000052, '3fdb3ade4d6f41cdb448e35c41b36681', 52, false);
INSERT INTO public.metrics VALUES ('long', 5.300000000000001, 1700000000053, '3fdb3ade4d6f41cdb448e35c41b36681', 53, false);
INSERT INTO public.metrics VALUES ('long', 5.4, 1700000000054, '3fdb3ade4d6f41cdb448e35c41b36681', 54, false);
INSERT INTO public.metrics VALUES ('long', 5.5, 1700000000055, '3fdb3ade4d6f41cdb448e35c41b36681', 55, false);
INSERT INTO public.metrics VALUES ('long', 5.6000000000000005, 1700000000056, '3fdb3ade4d6f41cdb448e35c41b36681', 56, false);
INSERT INTO public.metrics VALUES ('long', 5.7, 1700000000057, '3fdb3ade4d6f41cdb448e35c41b36681', 57, false);
INSERT INTO public.metrics VALUES ('long', 5.800000000000001, 1700000000058, '3fdb3ade4d6f41cdb448e35c41b36681', 58, false);
INSERT INTO public.metrics VALUES ('long', 5.9, 1700000000059, '3fdb3ade4d6f41cdb448e35c41b36681', 59, false);
INSERT INTO public.metrics VALUES ('long', 6, 1700000000060, '3fdb3ade4d6f41cdb448e35c41b36681', 60, false);
INSERT INTO public.metrics VALUES ('long', 6.1000000000000005, 1700000000061, '3fdb3ade4d6f41cdb448e35c41b36681', 61, false);
INSERT INTO public.metrics VALUES ('long', 6.2, 1700000000062, '3fdb3ade4d6f41cdb448e35c41b36681', 62, false);
INSERT INTO public.metrics VALUES ('long', 6.300000000000001, 1700000000063, '3fdb3ade4d6f41cdb448e35c41b36681', 63, false);
INSERT INTO public.metrics VALUES ('long', 6.4, 1700000000064, '3fdb3ade4d6f41cdb448e35c41b36681', 64, false);
INSERT INTO public.metrics VALUES ('long', 6.5, 1700000000065, '3fdb3ade4d6f41cdb448e35c41b36681', 65, false);
INSERT INTO public.metrics VALUES ('long', 6.6000000000000005, 1700000000066, '3fdb3ade4d6f41cdb448e35c41b36681', 66, false);
INSERT INTO public.metrics VALUES ('long', 6.7, 1700000000067, '3fdb3ade4d6f41cdb448e35c41b36681', 67, false);
INSERT INTO public.metrics VALUES ('long', 6.800000000000001, 1700000000068, '3fdb3ade4d6f41cdb448e35c41b36681', 68, false);
INSERT INTO public.metrics VALUES ('long', 6.9, 1700000000069, '3fdb3ade4d6f41cdb448e35c41b36681', 69, false);
INSERT INTO public.metrics VALUES ('long', 7, 1700000000070, '3fdb3ade4d6f41cdb448e35c41b36681', 70, false);
INSERT INTO public.metrics VALUES ('long', 7.1000000000000005, 1700000000071, '3fdb3ade4d6f41cdb448e35c41b36681', 71, false);
INSERT INTO public.metrics VALUES ('long', 7.2, 1700000000072, '3fdb3ade4d6f41cdb448e35c41b36681', 72, false);
INSERT INTO public.metrics VALUES ('long', 7.300000000000001, 1700000000073, '3fdb3ade4d6f41cdb448e35c41b36681', 73, false);
INSERT INTO public.metrics VALUES ('long', 7.4, 1700000000074, '3fdb3ade4d6f41cdb448e35c41b36681', 74, false);
INSERT INTO public.metrics VALUES ('long', 7.5, 1700000000075, '3fdb3ade4d6f41cdb448e35c41b36681', 75, false);
INSERT INTO public.metrics VALUES ('long', 7.6000000000000005, 1700000000076, '3fdb3ade4d6f41cdb448e35c41b36681', 76, false);
INSERT INTO public.metrics VALUES ('long', 7.7, 1700000000077, '3fdb3ade4d6f41cdb448e35c41b36681', 77, false);
INSERT INTO public.metrics VALUES ('long', 7.800000000000001, 1700000000078, '3fdb3ade4d6f41cdb448e35c41b36681', 78, false);
INSERT INTO public.metrics VALUES ('long', 7.9, 1700000000079, '3fdb3ade4d6f41cdb448e35c41b36681', 79, false);
INSERT INTO public.metrics VALUES ('long', 8, 1700000000080, '3fdb3ade4d6f41cdb448e35c41b36681', 80, false);
INSERT INTO public.metrics VALUES ('long', 8.1, 1700000000081, '3fdb3ade4d6f41cdb448e35c41b36681', 81, false);
INSERT INTO public.metrics VALUES ('long', 8.200000000000001, 1700000000082, '3fdb3ade4d6f41cdb448e35c41b36681', 82, false);
INSERT INTO public.metrics VALUES ('long', 8.3, 1700000000083, '3fdb3ade4d6f41cdb448e35c41b36681', 83, false);
INSERT INTO public.metrics VALUES ('long', 8.4, 1700000000084, '3fdb3ade4d6f41cdb448e35c41b36681', 84, false);
INSERT INTO public.metrics VALUES ('long', 8.5, 1700000000085, '3fdb3ade4d6f41cdb448e35c41b36681', 85, false);
INSERT INTO public.metrics VALUES ('long', 8.6, 1700000000086, '3fdb3ade4d6f41cdb448e35c41b36681', 86, false);
INSERT INTO public.metrics VALUES ('long', 8.700000000000001, 1700000000087, '3fdb3ade4d6f41cdb448e35c41b36681', 87, false);
INSERT INTO public.metrics VALUES ('long', 8.8, 1700000000088, '3fdb3ade4d6f41cdb448e35c41b36681', 88, false);
INSERT INTO public.metrics VALUES ('long', 8.9, 1700000000089, '3fdb3ade4d6f41cdb448e35c41b36681', 89, false);
INSERT INTO public.metrics VALUES ('long', 9, 1700000000090, '3fdb3ade4d6f41cdb448e35c41b36681', 90, false);
INSERT INTO public.metrics VALUES ('long', 9.1, 1700000000091, '3fdb3ade4d6f41cdb448e35c41b36681', 91, false);
INSERT INTO public.metrics VALUES ('long', 9.200000000000001, 1700000000092, '3fdb3ade4d6f41cdb448e35c41b36681', 92, false);
INSERT INTO public.metrics VALUES ('long', 9.3, 1700000000093, '3fdb3ade4d6f41cdb448e35c41b36681', 93, false);
INSERT INTO public.metrics VALUES ('long', 9.4, 1700000000094, '3fdb3ade4d6f41cdb448e35c41b36681', 94, false);
INSERT INTO public.metrics VALUES ('long', 9.5, 1700000000095, '3fdb3ade4d6f41cdb448e35c41b36681', 95, false);
INSERT INTO public.metrics VALUES ('long', 9.600000000000001, 1700000000096, '3fdb3ade4d6f41cdb448e35c41b36681', 96, false);
INSERT INTO public.metrics VALUES ('long', 9.700000000000001, 1700000000097, '3fdb3ade4d6f41cdb448e35c41b36681', 97, false);
INSERT INTO public.metrics VALUES ('long', 9.8, 1700000000098, '3fdb3ade4d6f41cdb448e35c41b36681', 98, false);
INSERT INTO public.metrics VALUES ('long', 9.9, 1700000000099, '3fdb3ade4d6f41cdb448e35c41b36681', 99, false);
INSERT INTO public.metrics VALUES ('long', 10, 1700000000100, '3fdb3ade4d6f41cdb448e35c41b36681', 100, false);
INSERT INTO public.metrics VALUES ('long', 10.100000000000001, 1700000000101, '3fdb3ade4d6f41cdb448e35c41b36681', 101, false);
INSERT INTO public.metrics VALUES ('long', 10.200000000000001, 1700000000102, '3fdb3ade4d6f41cdb448e35c41b36681', 102, false);
INSERT INTO public.metrics VALUES ('long', 10.3, 1700000000103, '3fdb3ade4d6f41cdb448e35c41b36681', 103, false);
INSERT INTO public.metrics VALUES ('long', 10.4, 1700000000104, '3fdb3ade4d6f41cdb448e35c41b36681', 104, false);
INSERT INTO public.metrics VALUES ('long', 10.5, 1700000000105, '3fdb3ade4d6f41cdb448e35c41b36681', 105, false);
INSERT INTO public.metrics VALUES ('long', 10.600000000000001, 1700000000106, '3fdb3ade4d6f41cdb448e35c41b36681', 106, false);
INSERT INTO public.metrics VALUES ('long', 10.700000000000001, 1700000000107, '3fdb3ade4d6f41cdb448e35c41b36681', 107, false);
INSERT INTO public.metrics VALUES ('long', 10.8, 1700000000108, '3fdb3ade4d6f41cdb448e35c41b36681', 108, false);
INSERT INTO public.metrics VALUES ('long', 10.9, 1700000000109, '3fdb3ade4d6f41cdb448e35c41b36681', 109, false);
INSERT INTO public.metrics VALUES ('long', 11, 1700000000110, '3fdb3ade4d6f41cdb448e35c41b36681', 110, false);
INSERT INTO public.metrics VALUES ('long', 11.100000000000001, 1700000000111, '3fdb3ade4d6f41cdb448e35c41b36681', 111, false);
INSERT INTO public.metrics VALUES ('long', 11.200000000000001, 1700000000112, '3fdb3ade4d6f41cdb448e35c41b36681', 112, false);
INSERT INTO public.metrics VALUES ('long', 11.3, 1700000000113, '3fdb3ade4d6f41cdb448e35c41b36681', 113, false);
INSERT INTO public.metrics VALUES ('long', 11.4, 1700000000114, '3fdb3ade4d6f41cdb448e35c41b36681', 114, false);
INSERT INTO public.metrics VALUES ('long', 11.5, 1700000000115, '3fdb3ade4d6f41cdb448e35c41b36681', 115, false);
INSERT INTO public.metrics VALUES ('long', 11.600000000000001, 1700000000116, '3fdb3ade4d6f41cdb448e35c41b36681', 116, false);
INSERT INTO public.metrics VALUES ('long', 11.700000000000001, 1700000000117, '3fdb3ade4d6f41cdb448e35c41b36681', 117, false);
INSERT INTO public.metrics VALUES ('long', 11.8, 1700000000118, '3fdb3ade4d6f41cdb448e35c41b36681', 118, false);
INSERT INTO public.metrics VALUES ('long', 11.9, 1700000000119, '3fdb3ade4d6f41cdb448e35c41b36681', 119, false);
INSERT INTO public.metrics VALUES ('long', 12, 1700000000120, '3fdb3ade4d6f41cdb448e35c41b36681', 120, false);
INSERT INTO public.metrics VALUES ('long', 12.100000000000001, 1700000000121, '3fdb3ade4d6f41cdb448e35c41b36681', 121, false);
INSERT INTO public.metrics VALUES ('long', 12.200000000000001, 1700000000122, '3fdb3ade4d6f41cdb448e35c41b36681', 122, false);
INSERT INTO public.metrics VALUES ('long', 12.3, 1700000000123, '3fdb3ade4d6f41cdb448e35c41b36681', 123, false);
INSERT INTO public.metrics VALUES ('long', 12.4, 1700000000124, '3fdb3ade4d6f41cdb448e35c41b36681', 124, false);
INSERT INTO public.metrics VALUES ('long', 12.5, 1700000000125, '3fdb3ade4d6f41cdb448e35c41b36681', 125, false);
INSERT INTO public.metrics VALUES ('long', 12.600000000000001, 1700000000126, '3fdb3ade4d6f41cdb448e35c41b36681', 126, false);
INSERT INTO public.metrics VALUES ('long', 12.700000000000001, 1700000000127, '3fdb3ade4d6f41cdb448e35c41b36681', 127, false);
INSERT INTO public.metrics VALUES ('long', 12.8, 1700000000128, '3fdb3ade4d6f41cdb448e35c41b36681', 128, false);
INSERT INTO public.metrics VALUES ('long', 12.9, 1700000000129, '3fdb3ade4d6f41cdb448e35c41b36681', 129, false);
INSERT INTO public.metrics VALUES ('long', 13, 1700000000130, '3fdb3ade4d6f41cdb448e35c41b36681', 130, false);
INSERT INTO public.metrics VALUES ('long', 13.100000000000001, 1700000000131, '3fdb3ade4d6f41cdb448e35c41b36681', 131, false);
INSERT INTO public.metrics VALUES ('long', 13.200000000000001, 1700000000132, '3fdb3ade4d6f41cdb448e35c41b36681', 132, false);
INSERT INTO public.metrics VALUES ('long', 13.3, 1700000000133, '3fdb3ade4d6f41cdb448e35c41b36681', 133, false);
INSERT INTO public.metrics VALUES ('long', 13.4, 1700000000134, '3fdb3ade4d6f41cdb448e35c41b36681', 134, false);
INSERT INTO public.metrics VALUES ('long', 13.5, 1700000000135, '3fdb3ade4d6f41cdb448e35c41b36681', 135, false);
INSERT INTO public.metrics VALUES ('long', 13.600000000000001, 1700000000136, '3fdb3ade4d6f41cdb448e35c41b36681', 136, false);
INSERT INTO public.metrics VALUES ('long', 13.700000000000001, 1700000000137, '3fdb3ade4d6f41cdb448e35c41b36681', 137, false);
INSERT INTO public.metrics VALUES ('long', 13.8, 1700000000138, '3fdb3ade4d6f41cdb448e35c41b36681', 138, false);
INSERT INTO public.metrics VALUES ('long', 13.9, 1700000000139, '3fdb3ade4d6f41cdb448e35c41b36681', 139, false);
INSERT INTO public.metrics VALUES ('long', 14, 1700000000140, '3fdb3ade4d6f41cdb448e35c41b36681', 140, false);
INSERT INTO public.metrics VALUES ('long', 14.100000000000001, 1700000000141, '3fdb3ade4d6f41cdb448e35c41b36681', 141, false);
INSERT INTO public.metrics VALUES ('long', 14.200000000000001, 1700000000142, '3fdb3ade4d6f41cdb448e35c41b36681', 142, false);
INSERT INTO public.metrics VALUES ('long', 14.3, 1700000000143, '3fdb3ade4d6f41cdb448e35c41b36681', 143, false);
INSERT INTO public.metrics VALUES ('long', 14.4, 1700000000144, '3fdb3ade4d6f41cdb448e35c41b36681', 144, false);
INSERT INTO public.metrics VALUES ('long', 14.5, 1700000000145, '3fdb3ade4d6f41cdb448e35c41b36681', 145, false);
INSERT INTO public.metrics VALUES ('long', 14.600000000000001, 1700000000146, '3fdb3ade4d6f41cdb448e35c41b36681', 146, false);
INSERT INTO public.metrics VALUES ('long', 14.700000000000001, 1700000000147, '3fdb3ade4d6f41cdb448e35c41b36681', 147, false);
INSERT INTO public.metrics VALUES ('long', 14.8, 1700000000148, '3fdb3ade4d6f41cdb448e35c41b36681', 148, false);
INSERT INTO public.metrics VALUES ('long', 14.9, 1700000000149, '3fdb3ade4d6f41cdb448e35c41b36681', 149, false);
INSERT INTO public.metrics VALUES ('long', 15, 1700000000150, '3fdb3ade4d6f41cdb448e35c41b36681', 150, false);
INSERT INTO public.metrics VALUES ('long', 15.100000000000001, 1700000000151, '3fdb3ade4d6f41cdb448e35c41b36681', 151, false);
INSERT INTO public.metrics VALUES ('long', 15.200000000000001, 1700000000152, '3fdb3ade4d6f41cdb448e35c41b36681', 152, false);
INSERT INTO public.metrics VALUES ('long', 15.3, 1700000000153, '3fdb3ade4d6f41cdb448e35c41b36681', 153, false);
INSERT INTO public.metrics VALUES ('long', 15.4, 1700000000154, '3fdb3ade4d6f41cdb448e35c41b36681', 154, false);
INSERT INTO public.metrics VALUES ('long', 15.5, 1700000000155, '3fdb3ade4d6f41cdb448e35c41b36681', 155, false);
INSERT INTO public.metrics VALUES ('long', 15.600000000000001, 1700000000156, '3fdb3ade4d6f41cdb448e35c41b36681', 156, false);
INSERT INTO public.metrics VALUES ('long', 15.700000000000001, 1700000000157, '3fdb3ade4d6f41cdb448e35c41b36681', 157, false);
INSERT INTO public.metrics VALUES ('long', 15.8, 1700000000158, '3fdb3ade4d6f41cdb448e35c41b36681', 158, false);
INSERT INTO public.metrics VALUES ('long', 15.9, 1700000000159, '3fdb3ade4d6f41cdb448e35c41b36681', 159, false);
INSERT INTO public.metrics VALUES ('long', 16, 1700000000160, '3fdb3ade4d6f41cdb448e35c41b36681', 160, false);
INSERT INTO public.metrics VALUES ('long', 16.1, 1700000000161, '3fdb3ade4d6f41cdb448e35c41b36681', 161, false);
INSERT INTO public.metrics VALUES ('long', 16.2, 1700000000162, '3fdb3ade4d6f41cdb448e35c41b36681', 162, false);
INSERT INTO public.metrics VALUES ('long', 16.3, 1700000000163, '3fdb3ade4d6f41cdb448e35c41b36681', 163, false);
INSERT INTO public.metrics VALUES ('long', 16.400000000000002, 1700000000164, '3fdb3ade4d6f41cdb448e35c41b36681', 164, false);
INSERT INTO public.metrics VALUES ('long', 16.5, 1700000000165, '3fdb3ade4d6f41cdb448e35c41b36681', 165, false);
INSERT INTO public.metrics VALUES ('long', 16.6, 1700000000166, '3fdb3ade4d6f41cdb448e35c41b36681', 166, false);
INSERT INTO public.metrics VALUES ('long', 16.7, 1700000000167, '3fdb3ade4d6f41cdb448e35c41b36681', 167, false);
INSERT INTO public.metrics VALUES ('long', 16.8, 1700000000168, '3fdb3ade4d6f41cdb448e35c41b36681', 168, false);
INSERT INTO public.metrics VALUES ('long', 16.900000000000002, 1700000000169, '3fdb3ade4d6f41cdb448e35c41b36681', 169, false);
INSERT INTO public.metrics VALUES ('long', 17, 1700000000170, '3fdb3ade4d6f41cdb448e35c41b36681', 170, false);
INSERT INTO public.metrics VALUES ('long', 17.1, 1700000000171, '3fdb3ade4d6f41cdb448e35c41b36681', 171, false);
INSERT INTO public.metrics VALUES ('long', 17.2, 1700000000172, '3fdb3ade4d6f41cdb448e35c41b36681', 172, false);
INSERT INTO public.metrics VALUES ('long', 17.3, 1700000000173, '3fdb3ade4d6f41cdb448e35c41b36681', 173, false);
INSERT INTO public.metrics VALUES ('long', 17.400000000000002, 1700000000174, '3fdb3ade4d6f41cdb448e35c41b36681', 174, false);
INSERT INTO public.metrics VALUES ('long', 17.5, 1700000000175, '3fdb3ade4d6f41cdb448e35c41b36681', 175, false);
INSERT INTO public.metrics VALUES ('long', 17.6, 1700000000176, '3fdb3ade4d6f41cdb448e35c41b36681', 176, false);
INSERT INTO public.metrics VALUES ('long', 17.7, 1700000000177, '3fdb3ade4d6f41cdb448e35c41b36681', 177, false);
INSERT INTO public.metrics VALUES ('long', 17.8, 1700000000178, '3fdb3ade4d6f41cdb448e35c41b36681', 178, false);
INSERT INTO public.metrics VALUES ('long', 17.900000000000002, 1700000000179, '3fdb3ade4d6f41cdb448e35c41b36681', 179, false);
INSERT INTO public.metrics VALUES ('long', 18, 1700000000180, '3fdb3ade4d6f41cdb448e35c41b36681', 180, false);
INSERT INTO public.metrics VALUES ('long', 18.1, 1700000000181, '3fdb3ade4d6f41cdb448e35c41b36681', 181, false);
INSERT INTO public.metrics VALUES ('long', 18.2, 1700000000182, '3fdb3ade4d6f41cdb448e35c41b36681', 182, false);
INSERT INTO public.metrics VALUES ('long', 18.3, 1700000000183, '3fdb3ade4d6f41cdb448e35c41b36681', 183, false);
INSERT INTO public.metrics VALUES ('long', 18.400000000000002, 1700000000184, '3fdb3ade4d6f41cdb448e35c41b36681', 184, false);
INSERT INTO public.metrics VALUES ('long', 18.5, 1700000000185, '3fdb3ade4d6f41cdb448e35c41b36681', 185, false);
INSERT INTO public.metrics VALUES ('long', 18.6, 1700000000186, '3fdb3ade4d6f41cdb448e35c41b36681', 186, false);
INSERT INTO public.metrics VALUES ('long', 18.7, 1700000000187, '3fdb3ade4d6f41cdb448e35c41b36681', 187, false);
INSERT INTO public.metrics VALUES ('long', 18.8, 1700000000188, '3fdb3ade4d6f41cdb448e35c41b36681', 188, false);
INSERT INTO public.metrics VALUES ('long', 18.900000000000002, 1700000000189, '3fdb3ade4d6f41cdb448e35c41b36681', 189, false);
INSERT INTO public.metrics VALUES ('long', 19, 1700000000190, '3fdb3ade4d6f41cdb448e35c41b36681', 190, false);
INSERT INTO public.metrics VALUES ('long', 19.1, 1700000000191, '3fdb3ade4d6f41cdb448e35c41b36681', 191, false);
INSERT INTO public.metrics VALUES ('long', 19.200000000000003, 1700000000192, '3fdb3ade4d6f41cdb448e35c41b36681', 192, false);
INSERT INTO public.metrics VALUES ('long', 19.3, 1700000000193, '3fdb3ade4d6f41cdb448e35c41b36681', 193, false);
INSERT INTO public.metrics VALUES ('long', 19.400000000000002, 1700000000194, '3fdb3ade4d6f41cdb448e35c41b36681', 194, false);
INSERT INTO public.metrics VALUES ('long', 19.5, 1700000000195, '3fdb3ade4d6f41cdb448e35c41b36681', 195, false);
INSERT INTO public.metrics VALUES ('long', 19.6, 1700000000196, '3fdb3ade4d6f41cdb448e35c41b36681', 196, false);
INSERT INTO public.metrics VALUES ('long', 19.700000000000003, 1700000000197, '3fdb3ade4d6f41cdb448e35c41b36681', 197, false);
INSERT INTO public.metrics VALUES ('long', 19.8, 1700000000198, '3fdb3ade4d6f41cdb448e35c41b36681', 198, false);
INSERT INTO public.metrics VALUES ('long', 19.900000000000002, 1700000000199, '3fdb3ade4d6f41cdb448e35c41b36681', 199, false);
INSERT INTO public.metrics VALUES ('long', 20, 1700000000200, '3fdb3ade4d6f41cdb448e35c41b36681', 200, false);
INSERT INTO public.metrics VALUES ('long', 20.1, 1700000000201, '3fdb3ade4d6f41cdb448e35c41b36681', 201, false);
INSERT INTO public.metrics VALUES ('long', 20.200000000000003, 1700000000202, '3fdb3ade4d6f41cdb448e35c41b36681', 202, false);
INSERT INTO public.metrics VALUES ('long', 20.3, 1700000000203, '3fdb3ade4d6f41cdb448e35c41b36681', 203, false);
INSERT INTO public.metrics VALUES ('long', 20.400000000000002, 1700000000204, '3fdb3ade4d6f41cdb448e35c41b36681', 204, false);
INSERT INTO public.metrics VALUES ('long', 20.5, 1700000000205, '3fdb3ade4d6f41cdb448e35c41b36681', 205, false);
INSERT INTO public.metrics VALUES ('long', 20.6, 1700000000206, '3fdb3ade4d6f41cdb448e35c41b36681', 206, false);
INSERT INTO public.metrics VALUES ('long', 20.700000000000003, 1700000000207, '3fdb3ade4d6f41cdb448e35c41b36681', 207, false);
INSERT INTO public.metrics VALUES ('long', 20.8, 1700000000208, '3fdb3ade4d6f41cdb448e35c41b36681', 208, false);
INSERT INTO public.metrics VALUES ('long', 20.900000000000002, 1700000000209, '3fdb3ade4d6f41cdb448e35c41b36681', 209, false);
INSERT INTO public.metrics VALUES ('long', 21, 1700000000210, '3fdb3ade4d6f41cdb448e35c41b36681', 210, false);
INSERT INTO public.metrics VALUES ('long', 21.1, 1700000000211, '3fdb3ade4d6f41cdb448e35c41b36681', 211, false);
INSERT INTO public.metrics VALUES ('long', 21.200000000000003, 1700000000212, '3fdb3ade4d6f41cdb448e35c41b36681', 212, false);
INSERT INTO public.metrics VALUES ('long', 21.3, 1700000000213, '3fdb3ade4d6f41cdb448e35c41b36681', 213, false);
INSERT INTO public.metrics VALUES ('long', 21.400000000000002, 1700000000214, '3fdb3ade4d6f41cdb448e35c41b36681', 214, false);
INSERT INTO public.metrics VALUES ('long', 21.5, 1700000000215, '3fdb3ade4d6f41cdb448e35c41b36681', 215, false);
INSERT INTO public.metrics VALUES ('long', 21.6, 1700000000216, '3fdb3ade4d6f41cdb448e35c41b36681', 216, false);
INSERT INTO public.metrics VALUES ('long', 21.700000000000003, 1700000000217, '3fdb3ade4d6f41cdb448e35c41b36681', 217, false);
INSERT INTO public.metrics VALUES ('long', 21.8, 1700000000218, '3fdb3ade4d6f41cdb448e35c41b36681', 218, false);
INSERT INTO public.metrics VALUES ('long', 21.900000000000002, 1700000000219, '3fdb3ade4d6f41cdb448e35c41b36681', 219, false);
INSERT INTO public.metrics VALUES ('long', 22, 1700000000220, '3fdb3ade4d6f41cdb448e35c41b36681', 220, false);
INSERT INTO public.metrics VALUES ('long', 22.1, 1700000000221, '3fdb3ade4d6f41cdb448e35c41b36681', 221, false);
INSERT INTO public.metrics VALUES ('long', 22.200000000000003, 1700000000222, '3fdb3ade4d6f41cdb448e35c41b36681', 222, false);
INSERT INTO public.metrics VALUES ('long', 22.3, 1700000000223, '3fdb3ade4d6f41cdb448e35c41b36681', 223, false);
INSERT INTO public.metrics VALUES ('long', 22.400000000000002, 1700000000224, '3fdb3ade4d6f41cdb448e35c41b36681', 224, false);
INSERT INTO public.metrics VALUES ('long', 22.5, 1700000000225, '3fdb3ade4d6f41cdb448e35c41b36681', 225, false);
INSERT INTO public.metrics VALUES ('long', 22.6, 1700000000226, '3fdb3ade4d6f41cdb448e35c41b36681', 226, false);
INSERT INTO public.metrics VALUES ('long', 22.700000000000003, 1700000000227, '3fdb3ade4d6f41cdb448e35c41b36681', 227, false);
INSERT INTO public.metrics VALUES ('long', 22.8, 1700000000228, '3fdb3ade4d6f41cdb448e35c41b36681', 228, false);
INSERT INTO public.metrics VALUES ('long', 22.900000000000002, 1700000000229, '3fdb3ade4d6f41cdb448e35c41b36681', 229, false);
INSERT INTO public.metrics VALUES ('long', 23, 1700000000230, '3fdb3ade4d6f41cdb448e35c41b36681', 230, false);
INSERT INTO public.metrics VALUES ('long', 23.1, 1700000000231, '3fdb3ade4d6f41cdb448e35c41b36681', 231, false);
INSERT INTO public.metrics VALUES ('long', 23.200000000000003, 1700000000232, '3fdb3ade4d6f41cdb448e35c41b36681', 232, false);
INSERT INTO public.metrics VALUES ('long', 23.3, 1700000000233, '3fdb3ade4d6f41cdb448e35c41b36681', 233, false);
INSERT INTO public.metrics VALUES ('long', 23.400000000000002, 1700000000234, '3fdb3ade4d6f41cdb448e35c41b36681', 234, false);
INSERT INTO public.metrics VALUES ('long', 23.5, 1700000000235, '3fdb3ade4d6f41cdb448e35c41b36681', 235, false);
INSERT INTO public.metrics VALUES ('long', 23.6, 1700000000236, '3fdb3ade4d6f41cdb448e35c41b36681', 236, false);
INSERT INTO public.metrics VALUES ('long', 23.700000000000003, 1700000000237, '3fdb3ade4d6f41cdb448e35c41b36681', 237, false);
INSERT INTO public.metrics VALUES ('long', 23.8, 1700000000238, '3fdb3ade4d6f41cdb448e35c41b36681', 238, false);
INSERT INTO public.metrics VALUES ('long', 23.900000000000002, 1700000000239, '3fdb3ade4d6f41cdb448e35c41b36681', 239, false);
INSERT INTO public.metrics VALUES ('long', 24, 1700000000240, '3fdb3ade4d6f41cdb448e35c41b36681', 240, false);
INSERT INTO public.metrics VALUES ('long', 24.1, 1700000000241, '3fdb3ade4d6f41cdb448e35c41b36681', 241, false);
INSERT INTO public.metrics VALUES ('long', 24.200000000000003, 1700000000242, '3fdb3ade4d6f41cdb448e35c41b36681', 242, false);
INSERT INTO public.metrics VALUES ('long', 24.3, 1700000000243, '3fdb3ade4d6f41cdb448e35c41b36681', 243, false);
INSERT INTO public.metrics VALUES ('long', 24.400000000000002, 1700000000244, '3fdb3ade4d6f41cdb448e35c41b36681', 244, false);
INSERT INTO public.metrics VALUES ('long', 24.5, 1700000000245, '3fdb3ade4d6f41cdb448e35c41b36681', 245, false);
INSERT INTO public.metrics VALUES ('long', 24.6, 1700000000246, '3fdb3ade4d6f41cdb448e35c41b36681', 246, false);
INSERT INTO public.metrics VALUES ('long', 24.700000000000003, 1700000000247, '3fdb3ade4d6f41cdb448e35c41b36681', 247, false);
INSERT INTO public.metrics VALUES ('long', 24.8, 1700000000248, '3fdb3ade4d6f41cdb448e35c41b36681', 248, false);
INSERT INTO public.metrics VALUES ('long', 24.900000000000002, 1700000000249, '3fdb3ade4d6f41cdb448e35c41b36681', 249, false);
INSERT INTO public.metrics VALUES ('long', 25, 1700000000250, '3fdb3ade4d6f41cdb448e35c41b36681', 250, false);
INSERT INTO public.metrics VALUES ('long', 25.1, 1700000000251, '3fdb3ade4d6f41cdb448e35c41b36681', 251, false);
INSERT INTO public.metrics VALUES ('long', 25.200000000000003, 1700000000252, '3fdb3ade4d6f41cdb448e35c41b36681', 252, false);
INSERT INTO public.metrics VALUES ('long', 25.3, 1700000000253, '3fdb3ade4d6f41cdb448e35c41b36681', 253, false);
INSERT INTO public.metrics VALUES ('long', 25.400000000000002, 1700000000254, '3fdb3ade4d6f41cdb448e35c41b36681', 254, false);
INSERT INTO public.metrics VALUES ('long', 25.5, 1700000000255, '3fdb3ade4d6f41cdb448e35c41b36681', 255, false);
INSERT INTO public.metrics VALUES ('long', 25.6, 1700000000256, '3fdb3ade4d6f41cdb448e35c41b36681', 256, false);
INSERT INTO public.metrics VALUES ('long', 25.700000000000003, 1700000000257, '3fdb3ade4d6f41cdb448e35c41b36681', 257, false);
INSERT INTO public.metrics VALUES ('long', 25.8, 1700000000258, '3fdb3ade4d6f41cdb448e35c41b36681', 258, false);
INSERT INTO public.metrics VALUES ('long', 25.900000000000002, 1700000000259, '3fdb3ade4d6f41cdb448e35c41b36681', 259, false);
INSERT INTO public.metrics VALUES ('long', 26, 1700000000260, '3fdb3ade4d6f41cdb448e35c41b36681', 260, false);
INSERT INTO public.metrics VALUES ('long', 26.1, 1700000000261, '3fdb3ade4d6f41cdb448e35c41b36681', 261, false);
INSERT INTO public.metrics VALUES ('long', 26.200000000000003, 1700000000262, '3fdb3ade4d6f41cdb448e35c41b36681', 262, false);
INSERT INTO public.metrics VALUES ('long', 26.3, 1700000000263, '3fdb3ade4d6f41cdb448e35c41b36681', 263, false);
INSERT INTO public.metrics VALUES ('long', 26.400000000000002, 1700000000264, '3fdb3ade4d6f41cdb448e35c41b36681', 264, false);
INSERT INTO public.metrics VALUES ('long', 26.5, 1700000000265, '3fdb3ade4d6f41cdb448e35c41b36681', 265, false);
INSERT INTO public.metrics VALUES ('long', 26.6, 1700000000266, '3fdb3ade4d6f41cdb448e35c41b36681', 266, false);
INSERT INTO public.metrics VALUES ('long', 26.700000000000003, 1700000000267, '3fdb3ade4d6f41cdb448e35c41b36681', 267, false);
INSERT INTO public.metrics VALUES ('long', 26.8, 1700000000268, '3fdb3ade4d6f41cdb448e35c41b36681', 268, false);
INSERT INTO public.metrics VALUES ('long', 26.900000000000002, 1700000000269, '3fdb3ade4d6f41cdb448e35c41b36681', 269, false);
INSERT INTO public.metrics VALUES ('long', 27, 1700000000270, '3fdb3ade4d6f41cdb448e35c41b36681', 270, false);
INSERT INTO public.metrics VALUES ('long', 27.1, 1700000000271, '3fdb3ade4d6f41cdb448e35c41b36681', 271, false);
INSERT INTO public.metrics VALUES ('long', 27.200000000000003, 1700000000272, '3fdb3ade4d6f41cdb448e35c41b36681', 272, false);
INSERT INTO public.metrics VALUES ('long', 27.3, 1700000000273, '3fdb3ade4d6f41cdb448e35c41b36681', 273, false);
INSERT INTO public.metrics VALUES ('long', 27.400000000000002, 1700000000274, '3fdb3ade4d6f41cdb448e35c41b36681', 274, false);
INSERT INTO public.metrics VALUES ('long', 27.5, 1700000000275, '3fdb3ade4d6f41cdb448e35c41b36681', 275, false);
INSERT INTO public.metrics VALUES ('long', 27.6, 1700000000276, '3fdb3ade4d6f41cdb448e35c41b36681', 276, false);
INSERT INTO public.metrics VALUES ('long', 27.700000000000003, 1700000000277, '3fdb3ade4d6f41cdb448e35c41b36681', 277, false);
INSERT INTO public.metrics VALUES ('long', 27.8, 1700000000278, '3fdb3ade4d6f41cdb448e35c41b36681', 278, false);
INSERT INTO public.metrics VALUES ('long', 27.900000000000002, 1700000000279, '3fdb3ade4d6f41cdb448e35c41b36681', 279, false);
INSERT INTO public.metrics VALUES ('long', 28, 1700000000280, '3fdb3ade4d6f41cdb448e35c41b36681', 280, false);
INSERT INTO public.metrics VALUES ('long', 28.1, 1700000000281, '3fdb3ade4d6f41cdb448e35c41b36681', 281, false);
INSERT INTO public.metrics VALUES ('long', 28.200000000000003, 1700000000282, '3fdb3ade4d6f41cdb448e35c41b36681', 282, false);
INSERT INTO public.metrics VALUES ('long', 28.3, 1700000000283, '3fdb3ade4d6f41cdb448e35c41b36681', 283, false);
INSERT INTO public.metrics VALUES ('long', 28.400000000000002, 1700000000284, '3fdb3ade4d6f41cdb448e35c41b36681', 284, false);
INSERT INTO public.metrics VALUES ('long', 28.5, 1700000000285, '3fdb3ade4d6f41cdb448e35c41b36681', 285, false);
INSERT INTO public.metrics VALUES ('long', 28.6, 1700000000286, '3fdb3ade4d6f41cdb448e35c41b36681', 286, false);
INSERT INTO public.metrics VALUES ('long', 28.700000000000003, 1700000000287, '3fdb3ade4d6f41cdb448e35c41b36681', 287, false);
INSERT INTO public.metrics VALUES ('long', 28.8, 1700000000288, '3fdb3ade4d6f41cdb448e35c41b36681', 288, false);
INSERT INTO public.metrics VALUES ('long', 28.900000000000002, 1700000000289, '3fdb3ade4d6f41cdb448e35c41b36681', 289, false);
INSERT INTO public.metrics VALUES ('long', 29, 1700000000290, '3fdb3ade4d6f41cdb448e35c41b36681', 290, false);
INSERT INTO public.metrics VALUES ('long', 29.1, 1700000000291, '3fdb3ade4d6f41cdb448e35c41b36681', 291, false);
INSERT INTO public.metrics VALUES ('long', 29.200000000000003, 1700000000292, '3fdb3ade4d6f41cdb448e35c41b36681', 292, false);
INSERT INTO public.metrics VALUES ('long', 29.3, 1700000000293, '3fdb3ade4d6f41cdb448e35c41b36681', 293, false);
INSERT INTO public.metrics VALUES ('long', 29.400000000000002, 1700000000294, '3fdb3ade4d6f41cdb448e35c41b36681', 294, false);
INSERT INTO public.metrics VALUES ('long', 29.5, 1700000000295, '3fdb3ade4d6f41cdb448e35c41b36681', 295, false);
INSERT INTO public.metrics VALUES ('long', 29.6, 1700000000296, '3fdb3ade4d6f41cdb448e35c41b36681', 296, false);
INSERT INTO public.metrics VALUES ('long', 29.700000000000003, 1700000000297, '3fdb3ade4d6f41cdb448e35c41b36681', 297, false);
INSERT INTO public.metrics VALUES ('long', 29.8, 1700000000298, '3fdb3ade4d6f41cdb448e35c41b36681', 298, false);
INSERT INTO public.metrics VALUES ('long', 29.900000000000002, 1700000000299, '3fdb3ade4d6f41cdb448e35c41b36681', 299, false);
INSERT INTO public.metrics VALUES ('x', 1, 1795783226305, '44432a3f6cf345c38b2be273bb6dbc8d', 0, false);


--
-- Data for Name: model_version_tags; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: model_versions; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: params; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.params VALUES ('lr', '0.1', '3fdb3ade4d6f41cdb448e35c41b36681');
INSERT INTO public.params VALUES ('nested/opt', 'adam
with a second line', '3fdb3ade4d6f41cdb448e35c41b36681');


--
-- Data for Name: registered_model_tags; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: registered_models; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: runs; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.runs VALUES ('3fdb3ade4d6f41cdb448e35c41b36681', 'first', 'UNKNOWN', '', '', 'ann', 'FAILED', 1700000000123, 1700000060123, '', 'active', '/recorded/postgres/kept/one/3fdb3ade4d6f41cdb448e35c41b36681/artifacts', 1, NULL);
INSERT INTO public.runs VALUES ('659ceff7503d46ff894449d4d0bcc9e4', 'glamorous-donkey-910', 'UNKNOWN', '', '', 'unknown', 'RUNNING', 7, NULL, '', 'active', '/recorded/postgres/kept/one/659ceff7503d46ff894449d4d0bcc9e4/artifacts', 1, NULL);
INSERT INTO public.runs VALUES ('e91e2eb7fe9e4713ae9d0ed61210e89f', 'secretive-cow-639', 'UNKNOWN', '', '', 'unknown', 'RUNNING', 8, NULL, '', 'deleted', '/recorded/postgres/kept/one/e91e2eb7fe9e4713ae9d0ed61210e89f/artifacts', 1, 1795783226487);
INSERT INTO public.runs VALUES ('44432a3f6cf345c38b2be273bb6dbc8d', 'whimsical-dove-839', 'UNKNOWN', '', '', 'unknown', 'RUNNING', 1795783226104, NULL, '', 'deleted', './mlruns/2/44432a3f6cf345c38b2be273bb6dbc8d/artifacts', 2, 1795783226567);


--
-- Data for Name: tags; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tags VALUES ('mlflow.runName', 'first', '3fdb3ade4d6f41cdb448e35c41b36681');
INSERT INTO public.tags VALUES ('note', 'line 1
line 2
line 3
', '3fdb3ade4d6f41cdb448e35c41b36681');
INSERT INTO public.tags VALUES ('empty', '', '3fdb3ade4d6f41cdb448e35c41b36681');
INSERT INTO public.tags VALUES ('uni', 'żółw 🐢', '3fdb3ade4d6f41cdb448e35c41b36681');
INSERT INTO public.tags VALUES ('mlflow.user', 'ann', '3fdb3ade4d6f41cdb448e35c41b36681');
INSERT INTO public.tags VALUES ('mlflow.parentRunId', '3fdb3ade4d6f41cdb448e35c41b36681', '659ceff7503d46ff894449d4d0bcc9e4');
INSERT INTO public.tags VALUES ('mlflow.runName', 'glamorous-donkey-910', '659ceff7503d46ff894449d4d0bcc9e4');
INSERT INTO public.tags VALUES ('mlflow.runName', 'secretive-cow-639', 'e91e2eb7fe9e4713ae9d0ed61210e89f');
INSERT INTO public.tags VALUES ('mlflow.runName', 'whimsical-dove-839', '44432a3f6cf345c38b2be273bb6dbc8d');


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
-- Name: experiment_tags experiment_tags_experiment_id_fkey; Type: FK CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.experiment_tags
    ADD CONSTRAINT experiment_tags_experiment_id_fkey FOREIGN KEY (experiment_id) REFERENCES public.experiments(experiment_id);


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


