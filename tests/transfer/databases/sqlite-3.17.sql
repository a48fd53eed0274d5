BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('dc11669786a5');
CREATE TABLE "assessments" (
	assessment_id VARCHAR(50) NOT NULL, 
	trace_id VARCHAR(50) NOT NULL, 
	name VARCHAR(250) NOT NULL, 
	assessment_type VARCHAR(20) NOT NULL, 
	value TEXT NOT NULL, 
	error TEXT, 
	created_timestamp BIGINT NOT NULL, 
	last_updated_timestamp BIGINT NOT NULL, 
	source_type VARCHAR(50) NOT NULL, 
	source_id VARCHAR(250), 
	run_id VARCHAR(32), 
	span_id VARCHAR(50), 
	rationale TEXT, 
	overrides VARCHAR(50), 
	valid BOOLEAN NOT NULL, 
	assessment_metadata TEXT, 
	experiment_id INTEGER, 
	trace_timestamp_ms BIGINT, 
	aggregate_value FLOAT, 
	is_numeric_value BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT assessments_pk PRIMARY KEY (assessment_id), 
	CONSTRAINT fk_assessments_trace_id FOREIGN KEY(trace_id) REFERENCES trace_info (request_id) ON DELETE CASCADE
);
CREATE TABLE budget_policies (
	budget_policy_id VARCHAR(36) NOT NULL, 
	budget_unit VARCHAR(32) NOT NULL, 
	budget_amount FLOAT NOT NULL, 
	duration_unit VARCHAR(32) NOT NULL, 
	duration_value INTEGER NOT NULL, 
	target_scope VARCHAR(32) NOT NULL, 
	budget_action VARCHAR(32) NOT NULL, 
	created_by VARCHAR(255), 
	created_at BIGINT NOT NULL, 
	last_updated_by VARCHAR(255), 
	last_updated_at BIGINT NOT NULL, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, target_value VARCHAR(255), 
	CONSTRAINT budget_policies_pk PRIMARY KEY (budget_policy_id)
);
CREATE TABLE "datasets" (
	dataset_uuid VARCHAR(36) NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	name VARCHAR(500) NOT NULL, 
	digest VARCHAR(36) NOT NULL, 
	dataset_source_type VARCHAR(36) NOT NULL, 
	dataset_source TEXT NOT NULL, 
	dataset_schema TEXT, 
	dataset_profile TEXT, 
	CONSTRAINT dataset_pk PRIMARY KEY (experiment_id, name, digest), 
	CONSTRAINT fk_datasets_experiment_id_experiments FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id) ON DELETE CASCADE
);
INSERT INTO "datasets" VALUES('23fbcb17e0804ebdbf1a92ecacdf3359',1,'ds','d1','local','there','{"a": 1}',NULL);
INSERT INTO "datasets" VALUES('4e3c1ac6a0284ba2ab5aba522dede00b',1,'ds','d2','http','elsewhere',NULL,'{}');
CREATE TABLE endpoint_bindings (
	endpoint_id VARCHAR(36) NOT NULL, 
	resource_type VARCHAR(50) NOT NULL, 
	resource_id VARCHAR(255) NOT NULL, 
	created_at BIGINT NOT NULL, 
	created_by VARCHAR(255), 
	last_updated_at BIGINT NOT NULL, 
	last_updated_by VARCHAR(255), display_name VARCHAR(255), 
	CONSTRAINT endpoint_bindings_pk PRIMARY KEY (endpoint_id, resource_type, resource_id), 
	CONSTRAINT fk_endpoint_bindings_endpoint_id FOREIGN KEY(endpoint_id) REFERENCES endpoints (endpoint_id) ON DELETE CASCADE
);
CREATE TABLE endpoint_model_mappings (
	mapping_id VARCHAR(36) NOT NULL, 
	endpoint_id VARCHAR(36) NOT NULL, 
	model_definition_id VARCHAR(36) NOT NULL, 
	weight FLOAT NOT NULL, 
	created_by VARCHAR(255), 
	created_at BIGINT NOT NULL, linkage_type VARCHAR(64) DEFAULT 'PRIMARY' NOT NULL, fallback_order INTEGER, 
	CONSTRAINT endpoint_model_mappings_pk PRIMARY KEY (mapping_id), 
	CONSTRAINT fk_endpoint_model_mappings_endpoint_id FOREIGN KEY(endpoint_id) REFERENCES endpoints (endpoint_id) ON DELETE CASCADE, 
	CONSTRAINT fk_endpoint_model_mappings_model_definition_id FOREIGN KEY(model_definition_id) REFERENCES model_definitions (model_definition_id)
);
CREATE TABLE endpoint_tags (
	"key" VARCHAR(250) NOT NULL, 
	value VARCHAR(5000), 
	endpoint_id VARCHAR(36) NOT NULL, 
	CONSTRAINT endpoint_tag_pk PRIMARY KEY ("key", endpoint_id), 
	CONSTRAINT fk_endpoint_tags_endpoint_id FOREIGN KEY(endpoint_id) REFERENCES endpoints (endpoint_id) ON DELETE CASCADE
);
CREATE TABLE "endpoints" (
	endpoint_id VARCHAR(36) NOT NULL, 
	name VARCHAR(255), 
	created_by VARCHAR(255), 
	created_at BIGINT NOT NULL, 
	last_updated_by VARCHAR(255), 
	last_updated_at BIGINT NOT NULL, 
	routing_strategy VARCHAR(64), 
	fallback_config_json TEXT, 
	experiment_id INTEGER, 
	usage_tracking BOOLEAN DEFAULT '0' NOT NULL, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT endpoints_pk PRIMARY KEY (endpoint_id), 
	CONSTRAINT fk_endpoints_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id) ON DELETE SET NULL, 
	CONSTRAINT uq_endpoints_workspace_name UNIQUE (workspace, name)
);
CREATE TABLE entity_associations (
	association_id VARCHAR(36) NOT NULL, 
	source_type VARCHAR(36) NOT NULL, 
	source_id VARCHAR(36) NOT NULL, 
	destination_type VARCHAR(36) NOT NULL, 
	destination_id VARCHAR(36) NOT NULL, 
	created_time BIGINT, 
	CONSTRAINT entity_associations_pk PRIMARY KEY (source_type, source_id, destination_type, destination_id)
);
CREATE TABLE "evaluation_dataset_records" (
	dataset_record_id VARCHAR(36) NOT NULL, 
	dataset_id VARCHAR(36) NOT NULL, 
	inputs JSON NOT NULL, 
	expectations JSON, 
	tags JSON, 
	source JSON, 
	source_id VARCHAR(36), 
	source_type VARCHAR(255), 
	created_time BIGINT, 
	last_update_time BIGINT, 
	created_by VARCHAR(255), 
	last_updated_by VARCHAR(255), 
	input_hash VARCHAR(64) NOT NULL, outputs JSON, 
	CONSTRAINT evaluation_dataset_records_pk PRIMARY KEY (dataset_record_id), 
	CONSTRAINT fk_evaluation_dataset_records_dataset_id FOREIGN KEY(dataset_id) REFERENCES evaluation_datasets (dataset_id) ON DELETE CASCADE, 
	CONSTRAINT unique_dataset_input UNIQUE (dataset_id, input_hash)
);
CREATE TABLE evaluation_dataset_tags (
	dataset_id VARCHAR(36) NOT NULL, 
	"key" VARCHAR(255) NOT NULL, 
	value VARCHAR(5000), 
	CONSTRAINT evaluation_dataset_tags_pk PRIMARY KEY (dataset_id, "key"), 
	CONSTRAINT fk_evaluation_dataset_tags_dataset_id FOREIGN KEY(dataset_id) REFERENCES evaluation_datasets (dataset_id) ON DELETE CASCADE
);
CREATE TABLE "evaluation_datasets" (
	dataset_id VARCHAR(36) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	schema TEXT, 
	profile TEXT, 
	digest VARCHAR(64), 
	created_time BIGINT, 
	last_update_time BIGINT, 
	created_by VARCHAR(255), 
	last_updated_by VARCHAR(255), 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT evaluation_datasets_pk PRIMARY KEY (dataset_id)
);
CREATE TABLE "experiment_tags" (
	"key" VARCHAR(250) NOT NULL, 
	value TEXT, 
	experiment_id INTEGER NOT NULL, 
	CONSTRAINT experiment_tag_pk PRIMARY KEY ("key", experiment_id), 
	FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id)
);
INSERT INTO "experiment_tags" VALUES('team','a: b
c',1);
CREATE TABLE "experiments" (
	experiment_id INTEGER NOT NULL, 
	name VARCHAR(256) NOT NULL, 
	artifact_location VARCHAR(256), 
	lifecycle_stage VARCHAR(32), 
	creation_time BIGINT, 
	last_update_time BIGINT, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT experiment_pk PRIMARY KEY (experiment_id), 
	CONSTRAINT experiments_lifecycle_stage CHECK (lifecycle_stage IN ('active', 'deleted')), 
	CONSTRAINT uq_experiments_workspace_name UNIQUE (workspace, name)
);
INSERT INTO "experiments" VALUES(0,'Default','/recorded/sqlite/mlruns/0','active',1795783050381,1795783050381,'default');
INSERT INTO "experiments" VALUES(1,'exp: one','/recorded/sqlite/kept/one','active',1795783050436,1795783050436,'default');
INSERT INTO "experiments" VALUES(2,'gone','/recorded/sqlite/mlruns/2','deleted',1795783052230,1795783052445,'default');
CREATE TABLE guardrail_configs (
	endpoint_id VARCHAR(36) NOT NULL, 
	guardrail_id VARCHAR(36) NOT NULL, 
	execution_order INTEGER, 
	created_by VARCHAR(255), 
	created_at BIGINT NOT NULL, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT guardrail_configs_pk PRIMARY KEY (endpoint_id, guardrail_id), 
	CONSTRAINT fk_guardrail_configs_endpoint_id FOREIGN KEY(endpoint_id) REFERENCES endpoints (endpoint_id) ON DELETE CASCADE, 
	CONSTRAINT fk_guardrail_configs_guardrail_id FOREIGN KEY(guardrail_id) REFERENCES guardrails (guardrail_id) ON DELETE CASCADE
);
CREATE TABLE guardrails (
	guardrail_id VARCHAR(36) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	scorer_id VARCHAR(36) NOT NULL, 
	scorer_version INTEGER NOT NULL, 
	stage VARCHAR(32) NOT NULL, 
	action VARCHAR(32) NOT NULL, 
	action_endpoint_id VARCHAR(36), 
	created_by VARCHAR(255), 
	created_at BIGINT NOT NULL, 
	last_updated_by VARCHAR(255), 
	last_updated_at BIGINT NOT NULL, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT guardrails_pk PRIMARY KEY (guardrail_id), 
	CONSTRAINT fk_guardrails_scorer_version FOREIGN KEY(scorer_id, scorer_version) REFERENCES scorer_versions (scorer_id, scorer_version), 
	CONSTRAINT fk_guardrails_action_endpoint_id FOREIGN KEY(action_endpoint_id) REFERENCES endpoints (endpoint_id) ON DELETE SET NULL
);
CREATE TABLE input_tags (
	input_uuid VARCHAR(36) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	value VARCHAR(500) NOT NULL, 
	CONSTRAINT input_tags_pk PRIMARY KEY (input_uuid, name)
);
INSERT INTO "input_tags" VALUES('49f3519d09ae476f9d2b8149660c5b51','mlflow.data.context','train');
CREATE TABLE inputs (
	input_uuid VARCHAR(36) NOT NULL, 
	source_type VARCHAR(36) NOT NULL, 
	source_id VARCHAR(36) NOT NULL, 
	destination_type VARCHAR(36) NOT NULL, 
	destination_id VARCHAR(36) NOT NULL, step BIGINT DEFAULT '0' NOT NULL, 
	CONSTRAINT inputs_pk PRIMARY KEY (source_type, source_id, destination_type, destination_id)
);
INSERT INTO "inputs" VALUES('49f3519d09ae476f9d2b8149660c5b51','DATASET','23fbcb17e0804ebdbf1a92ecacdf3359','RUN','f6e3dcf2a55f459dbfe67dcc69a60e94',0);
INSERT INTO "inputs" VALUES('fae75ab15264465c960c137e50fbd253','DATASET','4e3c1ac6a0284ba2ab5aba522dede00b','RUN','f6e3dcf2a55f459dbfe67dcc69a60e94',0);
INSERT INTO "inputs" VALUES('fe6db6e9f42f4507a1bebb07a7390c08','RUN_OUTPUT','f6e3dcf2a55f459dbfe67dcc69a60e94','MODEL_OUTPUT','m-a46f4316c2ea47a3ac4736382d07ce5f',4);
INSERT INTO "inputs" VALUES('b59b288ce9624500b51a627914a92cce','RUN_INPUT','f6e3dcf2a55f459dbfe67dcc69a60e94','MODEL_INPUT','m-a46f4316c2ea47a3ac4736382d07ce5f',0);
CREATE TABLE issues (
	issue_id VARCHAR(36) NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	name VARCHAR(250) NOT NULL, 
	description TEXT NOT NULL, 
	status VARCHAR(50) NOT NULL, 
	severity VARCHAR(50), 
	root_causes TEXT, 
	source_run_id VARCHAR(32), 
	categories TEXT, 
	created_timestamp BIGINT NOT NULL, 
	last_updated_timestamp BIGINT NOT NULL, 
	created_by VARCHAR(255), 
	CONSTRAINT issues_pk PRIMARY KEY (issue_id), 
	CONSTRAINT fk_issues_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id) ON DELETE CASCADE, 
	CONSTRAINT fk_issues_source_run_id FOREIGN KEY(source_run_id) REFERENCES runs (run_uuid) ON DELETE SET NULL
);
CREATE TABLE job_locks (
	lock_key VARCHAR(255) NOT NULL, 
	job_id VARCHAR(36) NOT NULL, 
	acquired_at BIGINT NOT NULL, 
	CONSTRAINT job_locks_pk PRIMARY KEY (lock_key), 
	CONSTRAINT fk_job_locks_job_id FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
CREATE TABLE "jobs" (
	id VARCHAR(36) NOT NULL, 
	creation_time BIGINT NOT NULL, 
	job_name VARCHAR(500) NOT NULL, 
	params TEXT NOT NULL, 
	timeout FLOAT, 
	status INTEGER NOT NULL, 
	result TEXT, 
	retry_count INTEGER NOT NULL, 
	last_update_time BIGINT NOT NULL, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, status_details JSON, creator VARCHAR(255), executor_backend VARCHAR(255), lease_expires_at BIGINT, status_message TEXT, progress JSON, progress_updated_at BIGINT, token_hash VARCHAR(64), scoped_permissions JSON, next_attempt_at BIGINT, 
	CONSTRAINT jobs_pk PRIMARY KEY (id)
);
CREATE TABLE label_schemas (
	schema_id VARCHAR(36) NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	name VARCHAR(250) NOT NULL, 
	type VARCHAR(16) NOT NULL, 
	instruction TEXT, 
	enable_comment BOOLEAN DEFAULT '0' NOT NULL, 
	input_type VARCHAR(32) NOT NULL, 
	input_config TEXT NOT NULL, 
	created_by VARCHAR(255), 
	created_time BIGINT NOT NULL, 
	last_update_time BIGINT NOT NULL, 
	is_default BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT label_schemas_pk PRIMARY KEY (schema_id), 
	CONSTRAINT fk_label_schemas_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id) ON DELETE CASCADE, 
	CONSTRAINT uq_label_schemas_exp_name UNIQUE (experiment_id, name)
);
CREATE TABLE "latest_metrics" (
	"key" VARCHAR(250) NOT NULL, 
	value FLOAT NOT NULL, 
	timestamp BIGINT, 
	step BIGINT NOT NULL, 
	is_nan BOOLEAN NOT NULL, 
	run_uuid VARCHAR(32) NOT NULL, 
	CONSTRAINT latest_metric_pk PRIMARY KEY ("key", run_uuid), 
	FOREIGN KEY(run_uuid) REFERENCES runs (run_uuid), 
	CHECK (is_nan IN (0, 1))
);
INSERT INTO "latest_metrics" VALUES('train/loss',-2.5,1700000000130,6,0,'f6e3dcf2a55f459dbfe67dcc69a60e94');
INSERT INTO "latest_metrics" VALUES('acc',0.5,1795783051218,0,0,'f6e3dcf2a55f459dbfe67dcc69a60e94');
INSERT INTO "latest_metrics" VALUES('long',2.99000000000000021316e+01,1700000000299,299,0,'f6e3dcf2a55f459dbfe67dcc69a60e94');
INSERT INTO "latest_metrics" VALUES('x',1.0,1795783052312,0,0,'880bee0a5a2b4536b9054ceaa6c15f07');
CREATE TABLE logged_model_metrics (
	model_id VARCHAR(36) NOT NULL, 
	metric_name VARCHAR(500) NOT NULL, 
	metric_timestamp_ms BIGINT NOT NULL, 
	metric_step BIGINT NOT NULL, 
	metric_value FLOAT, 
	experiment_id INTEGER NOT NULL, 
	run_id VARCHAR(32) NOT NULL, 
	dataset_uuid VARCHAR(36), 
	dataset_name VARCHAR(500), 
	dataset_digest VARCHAR(36), 
	CONSTRAINT logged_model_metrics_pk PRIMARY KEY (model_id, metric_name, metric_timestamp_ms, metric_step, run_id), 
	CONSTRAINT fk_logged_model_metrics_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id), 
	CONSTRAINT fk_logged_model_metrics_model_id FOREIGN KEY(model_id) REFERENCES logged_models (model_id) ON DELETE CASCADE, 
	CONSTRAINT fk_logged_model_metrics_run_id FOREIGN KEY(run_id) REFERENCES runs (run_uuid) ON DELETE CASCADE
);
CREATE TABLE logged_model_params (
	model_id VARCHAR(36) NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	param_key VARCHAR(255) NOT NULL, 
	param_value TEXT NOT NULL, 
	CONSTRAINT logged_model_params_pk PRIMARY KEY (model_id, param_key), 
	CONSTRAINT fk_logged_model_params_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id), 
	CONSTRAINT fk_logged_model_params_model_id FOREIGN KEY(model_id) REFERENCES logged_models (model_id) ON DELETE CASCADE
);
CREATE TABLE logged_model_tags (
	model_id VARCHAR(36) NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	tag_key VARCHAR(255) NOT NULL, 
	tag_value TEXT NOT NULL, 
	CONSTRAINT logged_model_tags_pk PRIMARY KEY (model_id, tag_key), 
	CONSTRAINT fk_logged_model_tags_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id), 
	CONSTRAINT fk_logged_model_tags_model_id FOREIGN KEY(model_id) REFERENCES logged_models (model_id) ON DELETE CASCADE
);
CREATE TABLE logged_models (
	model_id VARCHAR(36) NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	name VARCHAR(500) NOT NULL, 
	artifact_location VARCHAR(1000) NOT NULL, 
	creation_timestamp_ms BIGINT NOT NULL, 
	last_updated_timestamp_ms BIGINT NOT NULL, 
	status INTEGER NOT NULL, 
	lifecycle_stage VARCHAR(32), 
	model_type VARCHAR(500), 
	source_run_id VARCHAR(32), 
	status_message VARCHAR(1000), 
	CONSTRAINT logged_models_pk PRIMARY KEY (model_id), 
	CONSTRAINT logged_models_lifecycle_stage_check CHECK (lifecycle_stage IN ('active', 'deleted')), 
	CONSTRAINT fk_logged_models_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id) ON DELETE CASCADE
);
INSERT INTO "logged_models" VALUES('m-a46f4316c2ea47a3ac4736382d07ce5f',1,'m','/recorded/sqlite/kept/one/models/m-a46f4316c2ea47a3ac4736382d07ce5f/artifacts',1795783051728,1795783051728,1,'active',NULL,'f6e3dcf2a55f459dbfe67dcc69a60e94',NULL);
CREATE TABLE mcp_access_endpoints (
	id VARCHAR(36) NOT NULL, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	server_name VARCHAR(256) NOT NULL, 
	server_version VARCHAR(128), 
	server_alias VARCHAR(256), 
	url VARCHAR(2048) NOT NULL, 
	transport_type VARCHAR(32) DEFAULT 'streamable-http' NOT NULL, 
	created_by VARCHAR(256), 
	last_updated_by VARCHAR(256), 
	created_at BIGINT NOT NULL, 
	last_updated_at BIGINT NOT NULL, 
	CONSTRAINT mcp_access_endpoints_pk PRIMARY KEY (id), 
	CONSTRAINT mcp_access_endpoints_server_fkey FOREIGN KEY(workspace, server_name) REFERENCES mcp_servers (workspace, name) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE mcp_server_aliases (
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	name VARCHAR(256) NOT NULL, 
	alias VARCHAR(256) NOT NULL, 
	version VARCHAR(128) NOT NULL, 
	CONSTRAINT mcp_server_aliases_pk PRIMARY KEY (workspace, name, alias), 
	CONSTRAINT mcp_server_aliases_server_fkey FOREIGN KEY(workspace, name) REFERENCES mcp_servers (workspace, name) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE mcp_server_tags (
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	name VARCHAR(256) NOT NULL, 
	"key" VARCHAR(250) NOT NULL, 
	value VARCHAR(5000), 
	CONSTRAINT mcp_server_tags_pk PRIMARY KEY (workspace, name, "key"), 
	CONSTRAINT mcp_server_tags_server_fkey FOREIGN KEY(workspace, name) REFERENCES mcp_servers (workspace, name) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE mcp_server_version_tags (
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	name VARCHAR(256) NOT NULL, 
	version VARCHAR(128) NOT NULL, 
	"key" VARCHAR(250) NOT NULL, 
	value VARCHAR(5000), 
	CONSTRAINT mcp_server_version_tags_pk PRIMARY KEY (workspace, name, version, "key"), 
	CONSTRAINT mcp_server_version_tags_version_fkey FOREIGN KEY(workspace, name, version) REFERENCES mcp_server_versions (workspace, name, version) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE mcp_server_versions (
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	name VARCHAR(256) NOT NULL, 
	version VARCHAR(128) NOT NULL, 
	version_major INTEGER NOT NULL, 
	version_minor INTEGER NOT NULL, 
	version_patch INTEGER NOT NULL, 
	version_prerelease_sort_key VARCHAR(512) NOT NULL, 
	server_json JSON NOT NULL, 
	status VARCHAR(20) DEFAULT 'draft' NOT NULL, 
	tools JSON, 
	source VARCHAR(512), 
	connect_options JSON, 
	created_by VARCHAR(256), 
	last_updated_by VARCHAR(256), 
	created_at BIGINT NOT NULL, 
	last_updated_at BIGINT NOT NULL, 
	CONSTRAINT mcp_server_versions_pk PRIMARY KEY (workspace, name, version), 
	CONSTRAINT mcp_server_versions_server_fkey FOREIGN KEY(workspace, name) REFERENCES mcp_servers (workspace, name) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE mcp_servers (
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	name VARCHAR(256) NOT NULL, 
	display_name VARCHAR(256), 
	description TEXT, 
	icons JSON, 
	created_by VARCHAR(256), 
	last_updated_by VARCHAR(256), 
	created_at BIGINT NOT NULL, 
	last_updated_at BIGINT NOT NULL, 
	CONSTRAINT mcp_servers_pk PRIMARY KEY (workspace, name)
);
CREATE TABLE "metrics" (
	"key" VARCHAR(250) NOT NULL, 
	value FLOAT NOT NULL, 
	timestamp BIGINT NOT NULL, 
	run_uuid VARCHAR(32) NOT NULL, 
	step BIGINT DEFAULT '0' NOT NULL, 
	is_nan BOOLEAN DEFAULT '0' NOT NULL, 
	CONSTRAINT metric_pk PRIMARY KEY ("key", timestamp, step, run_uuid, value, is_nan), 
	FOREIGN KEY(run_uuid) REFERENCES runs (run_uuid), 
	CHECK (is_nan IN (0, 1))
);
INSERT INTO "metrics" VALUES('train/loss',1.0,1700000000123,'f6e3dcf2a55f459dbfe67dcc69a60e94',-1,0);
INSERT INTO "metrics" VALUES('train/loss',0.0,1700000000124,'f6e3dcf2a55f459dbfe67dcc69a60e94',0,1);
INSERT INTO "metrics" VALUES('train/loss',1.79769313486231562234e+308,1700000000125,'f6e3dcf2a55f459dbfe67dcc69a60e94',1,0);
INSERT INTO "metrics" VALUES('train/loss',-1.79769313486231562234e+308,1700000000126,'f6e3dcf2a55f459dbfe67dcc69a60e94',2,0);
INSERT INTO "metrics" VALUES('train/loss',0.0,1700000000127,'f6e3dcf2a55f459dbfe67dcc69a60e94',3,0);
INSERT INTO "metrics" VALUES('train/loss',4.99994433591342e-320,1700000000128,'f6e3dcf2a55f459dbfe67dcc69a60e94',4,0);
INSERT INTO "metrics" VALUES('train/loss',0.1,1700000000129,'f6e3dcf2a55f459dbfe67dcc69a60e94',5,0);
INSERT INTO "metrics" VALUES('train/loss',-2.5,1700000000130,'f6e3dcf2a55f459dbfe67dcc69a60e94',6,0);
INSERT INTO "metrics" VALUES('acc',0.5,1795783051218,'f6e3dcf2a55f459dbfe67dcc69a60e94',0,0);
INSERT INTO "metrics" VALUES('acc',0.25,1700000000000,'f6e3dcf2a55f459dbfe67dcc69a60e94',-3,0);
INSERT INTO "metrics" VALUES('long',0.0,1700000000000,'f6e3dcf2a55f459dbfe67dcc69a60e94',0,0);
INSERT INTO "metrics" VALUES('long',0.1,1700000000001,'f6e3dcf2a55f459dbfe67dcc69a60e94',1,0);
INSERT INTO "metrics" VALUES('long',0.2,1700000000002,'f6e3dcf2a55f459dbfe67dcc69a60e94',2,0);
INSERT INTO "metrics" VALUES('long',3.00000000000000044408e-01,1700000000003,'f6e3dcf2a55f459dbfe67dcc69a60e94',3,0);
INSERT INTO "metrics" VALUES('long',0.4,1700000000004,'f6e3dcf2a55f459dbfe67dcc69a60e94',4,0);
INSERT INTO "metrics" VALUES('long',0.5,1700000000005,'f6e3dcf2a55f459dbfe67dcc69a60e94',5,0);
INSERT INTO "metrics" VALUES('long',6.00000000000000088817e-01,1700000000006,'f6e3dcf2a55f459dbfe67dcc69a60e94',6,0);
INSERT INTO "metrics" VALUES('long',7.00000000000000066613e-01,1700000000007,'f6e3dcf2a55f459dbfe67dcc69a60e94',7,0);
INSERT INTO "metrics" VALUES('long',0.8,1700000000008,'f6e3dcf2a55f459dbfe67dcc69a60e94',8,0);
INSERT INTO "metrics" VALUES('long',0.9,1700000000009,'f6e3dcf2a55f459dbfe67dcc69a60e94',9,0);
INSERT INTO "metrics" VALUES('long',1.0,1700000000010,'f6e3dcf2a55f459dbfe67dcc69a60e94',10,0);
INSERT INTO "metrics" VALUES('long',1.1,1700000000011,'f6e3dcf2a55f459dbfe67dcc69a60e94',11,0);
INSERT INTO "metrics" VALUES('long',1.20000000000000017763e+00,1700000000012,'f6e3dcf2a55f459dbfe67dcc69a60e94',12,0);
INSERT INTO "metrics" VALUES('long',1.3,1700000000013,'f6e3dcf2a55f459dbfe67dcc69a60e94',13,0);
INSERT INTO "metrics" VALUES('long',1.40000000000000013322e+00,1700000000014,'f6e3dcf2a55f459dbfe67dcc69a60e94',14,0);
INSERT INTO "metrics" VALUES('long',1.5,1700000000015,'f6e3dcf2a55f459dbfe67dcc69a60e94',15,0);
INSERT INTO "metrics" VALUES('long',1.6,1700000000016,'f6e3dcf2a55f459dbfe67dcc69a60e94',16,0);
INSERT INTO "metrics" VALUES('long',1.70000000000000017763e+00,1700000000017,'f6e3dcf2a55f459dbfe67dcc69a60e94',17,0);
INSERT INTO "metrics" VALUES('long',1.8,1700000000018,'f6e3dcf2a55f459dbfe67dcc69a60e94',18,0);
INSERT INTO "metrics" VALUES('long',1.90000000000000013322e+00,1700000000019,'f6e3dcf2a55f459dbfe67dcc69a60e94',19,0);
INSERT INTO "metrics" VALUES('long',2.0,1700000000020,'f6e3dcf2a55f459dbfe67dcc69a60e94',20,0);
INSERT INTO "metrics" VALUES('long',2.1,1700000000021,'f6e3dcf2a55f459dbfe67dcc69a60e94',21,0);
INSERT INTO "metrics" VALUES('long',2.2,1700000000022,'f6e3dcf2a55f459dbfe67dcc69a60e94',22,0);
INSERT INTO "metrics" VALUES('long',2.30000000000000026645e+00,1700000000023,'f6e3dcf2a55f459dbfe67dcc69a60e94',23,0);
INSERT INTO "metrics" VALUES('long',2.40000000000000035527e+00,1700000000024,'f6e3dcf2a55f459dbfe67dcc69a60e94',24,0);
INSERT INTO "metrics" VALUES('long',2.5,1700000000025,'f6e3dcf2a55f459dbfe67dcc69a60e94',25,0);
INSERT INTO "metrics" VALUES('long',2.6,1700000000026,'f6e3dcf2a55f459dbfe67dcc69a60e94',26,0);
INSERT INTO "metrics" VALUES('long',2.7,1700000000027,'f6e3dcf2a55f459dbfe67dcc69a60e94',27,0);
INSERT INTO "metrics" VALUES('long',2.80000000000000026645e+00,1700000000028,'f6e3dcf2a55f459dbfe67dcc69a60e94',28,0);
INSERT INTO "metrics" VALUES('long',2.90000000000000035527e+00,1700000000029,'f6e3dcf2a55f459dbfe67dcc69a60e94',29,0);
INSERT INTO "metrics" VALUES('long',3.0,1700000000030,'f6e3dcf2a55f459dbfe67dcc69a60e94',30,0);
INSERT INTO "metrics" VALUES('long',3.1,1700000000031,'f6e3dcf2a55f459dbfe67dcc69a60e94',31,0);
INSERT INTO "metrics" VALUES('long',3.2,1700000000032,'f6e3dcf2a55f459dbfe67dcc69a60e94',32,0);
INSERT INTO "metrics" VALUES('long',3.30000000000000026645e+00,1700000000033,'f6e3dcf2a55f459dbfe67dcc69a60e94',33,0);
INSERT INTO "metrics" VALUES('long',3.40000000000000035527e+00,1700000000034,'f6e3dcf2a55f459dbfe67dcc69a60e94',34,0);
INSERT INTO "metrics" VALUES('long',3.5,1700000000035,'f6e3dcf2a55f459dbfe67dcc69a60e94',35,0);
INSERT INTO "metrics" VALUES('long',3.6,1700000000036,'f6e3dcf2a55f459dbfe67dcc69a60e94',36,0);
INSERT INTO "metrics" VALUES('long',3.7,1700000000037,'f6e3dcf2a55f459dbfe67dcc69a60e94',37,0);
INSERT INTO "metrics" VALUES('long',3.80000000000000026645e+00,1700000000038,'f6e3dcf2a55f459dbfe67dcc69a60e94',38,0);
INSERT INTO "metrics" VALUES('long',3.90000000000000035527e+00,1700000000039,'f6e3dcf2a55f459dbfe67dcc69a60e94',39,0);
INSERT INTO "metrics" VALUES('long',4.0,1700000000040,'f6e3dcf2a55f459dbfe67dcc69a60e94',40,0);
INSERT INTO "metrics" VALUES('long',4.1000000000000005329e+00,1700000000041,'f6e3dcf2a55f459dbfe67dcc69a60e94',41,0);
INSERT INTO "metrics" VALUES('long',4.2,1700000000042,'f6e3dcf2a55f459dbfe67dcc69a60e94',42,0);
INSERT INTO "metrics" VALUES('long',4.3,1700000000043,'f6e3dcf2a55f459dbfe67dcc69a60e94',43,0);
INSERT INTO "metrics" VALUES('long',4.4,1700000000044,'f6e3dcf2a55f459dbfe67dcc69a60e94',44,0);
INSERT INTO "metrics" VALUES('long',4.5,1700000000045,'f6e3dcf2a55f459dbfe67dcc69a60e94',45,0);
INSERT INTO "metrics" VALUES('long',4.6000000000000005329e+00,1700000000046,'f6e3dcf2a55f459dbfe67dcc69a60e94',46,0);
INSERT INTO "metrics" VALUES('long',4.7,1700000000047,'f6e3dcf2a55f459dbfe67dcc69a60e94',47,0);
INSERT INTO "metrics" VALUES('long',4.80000000000000071054e+00,1700000000048,'f6e3dcf2a55f459dbfe67dcc69a60e94',48,0);
INSERT INTO "metrics" VALUES('long',4.9,1700000000049,'f6e3dcf2a55f459dbfe67dcc69a60e94',49,0);
INSERT INTO "metrics" VALUES('long',5.0,1700000000050,'f6e3dcf2a55f459dbfe67dcc69a60e94',50,0);
INSERT INTO "metrics" VALUES('long',5.1000000000000005329e+00,1700000000051,'f6e3dcf2a55f459dbfe67dcc69a60e94',51,0);
INSERT INTO "metrics" VALUES('long',5.2,1700000000052,'f6e3dcf2a55f459dbfe67dcc69a60e94',52,0);
INSERT INTO "metrics" VALUES('long',5.30000000000000071054e+00,1700000000053,'f6e3dcf2a55f459dbfe67dcc69a60e94',53,0);
INSERT INTO "metrics" VALUES('long',5.4,1700000000054,'f6e3dcf2a55f459dbfe67dcc69a60e94',54,0);
INSERT INTO "metrics" VALUES('long',5.5,1700000000055,'f6e3dcf2a55f459dbfe67dcc69a60e94',55,0);
INSERT INTO "metrics" VALUES('long',5.6000000000000005329e+00,1700000000056,'f6e3dcf2a55f459dbfe67dcc69a60e94',56,0);
INSERT INTO "metrics" VALUES('long',5.7,1700000000057,'f6e3dcf2a55f459dbfe67dcc69a60e94',57,0);
INSERT INTO "metrics" VALUES('long',5.80000000000000071054e+00,1700000000058,'f6e3dcf2a55f459dbfe67dcc69a60e94',58,0);
INSERT INTO "metrics" VALUES('long',5.9,1700000000059,'f6e3dcf2a55f459dbfe67dcc69a60e94',59,0);
INSERT INTO "metrics" VALUES('long',6.0,1700000000060,'f6e3dcf2a55f459dbfe67dcc69a60e94',60,0);
INSERT INTO "metrics" VALUES('long',6.1000000000000005329e+00,1700000000061,'f6e3dcf2a55f459dbfe67dcc69a60e94',61,0);
INSERT INTO "metrics" VALUES('long',6.2,1700000000062,'f6e3dcf2a55f459dbfe67dcc69a60e94',62,0);
INSERT INTO "metrics" VALUES('long',6.30000000000000071054e+00,1700000000063,'f6e3dcf2a55f459dbfe67dcc69a60e94',63,0);
INSERT INTO "metrics" VALUES('long',6.4,1700000000064,'f6e3dcf2a55f459dbfe67dcc69a60e94',64,0);
INSERT INTO "metrics" VALUES('long',6.5,1700000000065,'f6e3dcf2a55f459dbfe67dcc69a60e94',65,0);
INSERT INTO "metrics" VALUES('long',6.6000000000000005329e+00,1700000000066,'f6e3dcf2a55f459dbfe67dcc69a60e94',66,0);
INSERT INTO "metrics" VALUES('long',6.7,1700000000067,'f6e3dcf2a55f459dbfe67dcc69a60e94',67,0);
INSERT INTO "metrics" VALUES('long',6.80000000000000071054e+00,1700000000068,'f6e3dcf2a55f459dbfe67dcc69a60e94',68,0);
INSERT INTO "metrics" VALUES('long',6.9,1700000000069,'f6e3dcf2a55f459dbfe67dcc69a60e94',69,0);
INSERT INTO "metrics" VALUES('long',7.0,1700000000070,'f6e3dcf2a55f459dbfe67dcc69a60e94',70,0);
INSERT INTO "metrics" VALUES('long',7.1000000000000005329e+00,1700000000071,'f6e3dcf2a55f459dbfe67dcc69a60e94',71,0);
INSERT INTO "metrics" VALUES('long',7.2,1700000000072,'f6e3dcf2a55f459dbfe67dcc69a60e94',72,0);
INSERT INTO "metrics" VALUES('long',7.30000000000000071054e+00,1700000000073,'f6e3dcf2a55f459dbfe67dcc69a60e94',73,0);
INSERT INTO "metrics" VALUES('long',7.4,1700000000074,'f6e3dcf2a55f459dbfe67dcc69a60e94',74,0);
INSERT INTO "metrics" VALUES('long',7.5,1700000000075,'f6e3dcf2a55f459dbfe67dcc69a60e94',75,0);
INSERT INTO "metrics" VALUES('long',7.6000000000000005329e+00,1700000000076,'f6e3dcf2a55f459dbfe67dcc69a60e94',76,0);
INSERT INTO "metrics" VALUES('long',7.7,1700000000077,'f6e3dcf2a55f459dbfe67dcc69a60e94',77,0);
INSERT INTO "metrics" VALUES('long',7.80000000000000071054e+00,1700000000078,'f6e3dcf2a55f459dbfe67dcc69a60e94',78,0);
INSERT INTO "metrics" VALUES('long',7.9,1700000000079,'f6e3dcf2a55f459dbfe67dcc69a60e94',79,0);
INSERT INTO "metrics" VALUES('long',8.0,1700000000080,'f6e3dcf2a55f459dbfe67dcc69a60e94',80,0);
INSERT INTO "metrics" VALUES('long',8.1,1700000000081,'f6e3dcf2a55f459dbfe67dcc69a60e94',81,0);
INSERT INTO "metrics" VALUES('long',8.20000000000000106581e+00,1700000000082,'f6e3dcf2a55f459dbfe67dcc69a60e94',82,0);
INSERT INTO "metrics" VALUES('long',8.3,1700000000083,'f6e3dcf2a55f459dbfe67dcc69a60e94',83,0);
INSERT INTO "metrics" VALUES('long',8.4,1700000000084,'f6e3dcf2a55f459dbfe67dcc69a60e94',84,0);
INSERT INTO "metrics" VALUES('long',8.5,1700000000085,'f6e3dcf2a55f459dbfe67dcc69a60e94',85,0);
INSERT INTO "metrics" VALUES('long',8.6,1700000000086,'f6e3dcf2a55f459dbfe67dcc69a60e94',86,0);
INSERT INTO "metrics" VALUES('long',8.70000000000000106581e+00,1700000000087,'f6e3dcf2a55f459dbfe67dcc69a60e94',87,0);
INSERT INTO "metrics" VALUES('long',8.8,1700000000088,'f6e3dcf2a55f459dbfe67dcc69a60e94',88,0);
INSERT INTO "metrics" VALUES('long',8.9,1700000000089,'f6e3dcf2a55f459dbfe67dcc69a60e94',89,0);
INSERT INTO "metrics" VALUES('long',9.0,1700000000090,'f6e3dcf2a55f459dbfe67dcc69a60e94',90,0);
INSERT INTO "metrics" VALUES('long',9.1,1700000000091,'f6e3dcf2a55f459dbfe67dcc69a60e94',91,0);
INSERT INTO "metrics" VALUES('long',9.20000000000000106581e+00,1700000000092,'f6e3dcf2a55f459dbfe67dcc69a60e94',92,0);
INSERT INTO "metrics" VALUES('long',9.3,1700000000093,'f6e3dcf2a55f459dbfe67dcc69a60e94',93,0);
INSERT INTO "metrics" VALUES('long',9.4,1700000000094,'f6e3dcf2a55f459dbfe67dcc69a60e94',94,0);
INSERT INTO "metrics" VALUES('long',9.5,1700000000095,'f6e3dcf2a55f459dbfe67dcc69a60e94',95,0);
INSERT INTO "metrics" VALUES('long',9.60000000000000142108e+00,1700000000096,'f6e3dcf2a55f459dbfe67dcc69a60e94',96,0);
INSERT INTO "metrics" VALUES('long',9.70000000000000106581e+00,1700000000097,'f6e3dcf2a55f459dbfe67dcc69a60e94',97,0);
INSERT INTO "metrics" VALUES('long',9.8,1700000000098,'f6e3dcf2a55f459dbfe67dcc69a60e94',98,0);
INSERT INTO "metrics" VALUES('long',9.9,1700000000099,'f6e3dcf2a55f459dbfe67dcc69a60e94',99,0);
INSERT INTO "metrics" VALUES('long',10.0,1700000000100,'f6e3dcf2a55f459dbfe67dcc69a60e94',100,0);
INSERT INTO "metrics" VALUES('long',1.01000000000000014213e+01,1700000000101,'f6e3dcf2a55f459dbfe67dcc69a60e94',101,0);
INSERT INTO "metrics" VALUES('long',1.02000000000000010655e+01,1700000000102,'f6e3dcf2a55f459dbfe67dcc69a60e94',102,0);
INSERT INTO "metrics" VALUES('long',10.3,1700000000103,'f6e3dcf2a55f459dbfe67dcc69a60e94',103,0);
INSERT INTO "metrics" VALUES('long',10.4,1700000000104,'f6e3dcf2a55f459dbfe67dcc69a60e94',104,0);
INSERT INTO "metrics" VALUES('long',10.5,1700000000105,'f6e3dcf2a55f459dbfe67dcc69a60e94',105,0);
INSERT INTO "metrics" VALUES('long',1.06000000000000014208e+01,1700000000106,'f6e3dcf2a55f459dbfe67dcc69a60e94',106,0);
INSERT INTO "metrics" VALUES('long',1.07000000000000010662e+01,1700000000107,'f6e3dcf2a55f459dbfe67dcc69a60e94',107,0);
INSERT INTO "metrics" VALUES('long',10.8,1700000000108,'f6e3dcf2a55f459dbfe67dcc69a60e94',108,0);
INSERT INTO "metrics" VALUES('long',10.9,1700000000109,'f6e3dcf2a55f459dbfe67dcc69a60e94',109,0);
INSERT INTO "metrics" VALUES('long',11.0,1700000000110,'f6e3dcf2a55f459dbfe67dcc69a60e94',110,0);
INSERT INTO "metrics" VALUES('long',1.11000000000000014215e+01,1700000000111,'f6e3dcf2a55f459dbfe67dcc69a60e94',111,0);
INSERT INTO "metrics" VALUES('long',1.12000000000000010658e+01,1700000000112,'f6e3dcf2a55f459dbfe67dcc69a60e94',112,0);
INSERT INTO "metrics" VALUES('long',11.3,1700000000113,'f6e3dcf2a55f459dbfe67dcc69a60e94',113,0);
INSERT INTO "metrics" VALUES('long',11.4,1700000000114,'f6e3dcf2a55f459dbfe67dcc69a60e94',114,0);
INSERT INTO "metrics" VALUES('long',11.5,1700000000115,'f6e3dcf2a55f459dbfe67dcc69a60e94',115,0);
INSERT INTO "metrics" VALUES('long',1.1600000000000001421e+01,1700000000116,'f6e3dcf2a55f459dbfe67dcc69a60e94',116,0);
INSERT INTO "metrics" VALUES('long',1.17000000000000010653e+01,1700000000117,'f6e3dcf2a55f459dbfe67dcc69a60e94',117,0);
INSERT INTO "metrics" VALUES('long',11.8,1700000000118,'f6e3dcf2a55f459dbfe67dcc69a60e94',118,0);
INSERT INTO "metrics" VALUES('long',11.9,1700000000119,'f6e3dcf2a55f459dbfe67dcc69a60e94',119,0);
INSERT INTO "metrics" VALUES('long',12.0,1700000000120,'f6e3dcf2a55f459dbfe67dcc69a60e94',120,0);
INSERT INTO "metrics" VALUES('long',1.21000000000000014206e+01,1700000000121,'f6e3dcf2a55f459dbfe67dcc69a60e94',121,0);
INSERT INTO "metrics" VALUES('long',1.2200000000000001066e+01,1700000000122,'f6e3dcf2a55f459dbfe67dcc69a60e94',122,0);
INSERT INTO "metrics" VALUES('long',12.3,1700000000123,'f6e3dcf2a55f459dbfe67dcc69a60e94',123,0);
INSERT INTO "metrics" VALUES('long',12.4,1700000000124,'f6e3dcf2a55f459dbfe67dcc69a60e94',124,0);
INSERT INTO "metrics" VALUES('long',12.5,1700000000125,'f6e3dcf2a55f459dbfe67dcc69a60e94',125,0);
INSERT INTO "metrics" VALUES('long',1.26000000000000014213e+01,1700000000126,'f6e3dcf2a55f459dbfe67dcc69a60e94',126,0);
INSERT INTO "metrics" VALUES('long',1.27000000000000010655e+01,1700000000127,'f6e3dcf2a55f459dbfe67dcc69a60e94',127,0);
INSERT INTO "metrics" VALUES('long',12.8,1700000000128,'f6e3dcf2a55f459dbfe67dcc69a60e94',128,0);
INSERT INTO "metrics" VALUES('long',12.9,1700000000129,'f6e3dcf2a55f459dbfe67dcc69a60e94',129,0);
INSERT INTO "metrics" VALUES('long',13.0,1700000000130,'f6e3dcf2a55f459dbfe67dcc69a60e94',130,0);
INSERT INTO "metrics" VALUES('long',1.31000000000000014208e+01,1700000000131,'f6e3dcf2a55f459dbfe67dcc69a60e94',131,0);
INSERT INTO "metrics" VALUES('long',1.32000000000000010662e+01,1700000000132,'f6e3dcf2a55f459dbfe67dcc69a60e94',132,0);
INSERT INTO "metrics" VALUES('long',13.3,1700000000133,'f6e3dcf2a55f459dbfe67dcc69a60e94',133,0);
INSERT INTO "metrics" VALUES('long',13.4,1700000000134,'f6e3dcf2a55f459dbfe67dcc69a60e94',134,0);
INSERT INTO "metrics" VALUES('long',13.5,1700000000135,'f6e3dcf2a55f459dbfe67dcc69a60e94',135,0);
INSERT INTO "metrics" VALUES('long',1.36000000000000014215e+01,1700000000136,'f6e3dcf2a55f459dbfe67dcc69a60e94',136,0);
INSERT INTO "metrics" VALUES('long',1.37000000000000010658e+01,1700000000137,'f6e3dcf2a55f459dbfe67dcc69a60e94',137,0);
INSERT INTO "metrics" VALUES('long',13.8,1700000000138,'f6e3dcf2a55f459dbfe67dcc69a60e94',138,0);
INSERT INTO "metrics" VALUES('long',13.9,1700000000139,'f6e3dcf2a55f459dbfe67dcc69a60e94',139,0);
INSERT INTO "metrics" VALUES('long',14.0,1700000000140,'f6e3dcf2a55f459dbfe67dcc69a60e94',140,0);
INSERT INTO "metrics" VALUES('long',1.4100000000000001421e+01,1700000000141,'f6e3dcf2a55f459dbfe67dcc69a60e94',141,0);
INSERT INTO "metrics" VALUES('long',1.42000000000000010653e+01,1700000000142,'f6e3dcf2a55f459dbfe67dcc69a60e94',142,0);
INSERT INTO "metrics" VALUES('long',14.3,1700000000143,'f6e3dcf2a55f459dbfe67dcc69a60e94',143,0);
INSERT INTO "metrics" VALUES('long',14.4,1700000000144,'f6e3dcf2a55f459dbfe67dcc69a60e94',144,0);
INSERT INTO "metrics" VALUES('long',14.5,1700000000145,'f6e3dcf2a55f459dbfe67dcc69a60e94',145,0);
INSERT INTO "metrics" VALUES('long',1.46000000000000014206e+01,1700000000146,'f6e3dcf2a55f459dbfe67dcc69a60e94',146,0);
INSERT INTO "metrics" VALUES('long',1.47000000000000010658e+01,1700000000147,'f6e3dcf2a55f459dbfe67dcc69a60e94',147,0);
INSERT INTO "metrics" VALUES('long',14.8,1700000000148,'f6e3dcf2a55f459dbfe67dcc69a60e94',148,0);
INSERT INTO "metrics" VALUES('long',14.9,1700000000149,'f6e3dcf2a55f459dbfe67dcc69a60e94',149,0);
INSERT INTO "metrics" VALUES('long',15.0,1700000000150,'f6e3dcf2a55f459dbfe67dcc69a60e94',150,0);
INSERT INTO "metrics" VALUES('long',1.5100000000000001421e+01,1700000000151,'f6e3dcf2a55f459dbfe67dcc69a60e94',151,0);
INSERT INTO "metrics" VALUES('long',1.52000000000000010658e+01,1700000000152,'f6e3dcf2a55f459dbfe67dcc69a60e94',152,0);
INSERT INTO "metrics" VALUES('long',15.3,1700000000153,'f6e3dcf2a55f459dbfe67dcc69a60e94',153,0);
INSERT INTO "metrics" VALUES('long',15.4,1700000000154,'f6e3dcf2a55f459dbfe67dcc69a60e94',154,0);
INSERT INTO "metrics" VALUES('long',15.5,1700000000155,'f6e3dcf2a55f459dbfe67dcc69a60e94',155,0);
INSERT INTO "metrics" VALUES('long',1.5600000000000001421e+01,1700000000156,'f6e3dcf2a55f459dbfe67dcc69a60e94',156,0);
INSERT INTO "metrics" VALUES('long',1.57000000000000010662e+01,1700000000157,'f6e3dcf2a55f459dbfe67dcc69a60e94',157,0);
INSERT INTO "metrics" VALUES('long',15.8,1700000000158,'f6e3dcf2a55f459dbfe67dcc69a60e94',158,0);
INSERT INTO "metrics" VALUES('long',15.9,1700000000159,'f6e3dcf2a55f459dbfe67dcc69a60e94',159,0);
INSERT INTO "metrics" VALUES('long',16.0,1700000000160,'f6e3dcf2a55f459dbfe67dcc69a60e94',160,0);
INSERT INTO "metrics" VALUES('long',16.1,1700000000161,'f6e3dcf2a55f459dbfe67dcc69a60e94',161,0);
INSERT INTO "metrics" VALUES('long',16.2,1700000000162,'f6e3dcf2a55f459dbfe67dcc69a60e94',162,0);
INSERT INTO "metrics" VALUES('long',16.3,1700000000163,'f6e3dcf2a55f459dbfe67dcc69a60e94',163,0);
INSERT INTO "metrics" VALUES('long',1.64000000000000021316e+01,1700000000164,'f6e3dcf2a55f459dbfe67dcc69a60e94',164,0);
INSERT INTO "metrics" VALUES('long',16.5,1700000000165,'f6e3dcf2a55f459dbfe67dcc69a60e94',165,0);
INSERT INTO "metrics" VALUES('long',16.6,1700000000166,'f6e3dcf2a55f459dbfe67dcc69a60e94',166,0);
INSERT INTO "metrics" VALUES('long',16.7,1700000000167,'f6e3dcf2a55f459dbfe67dcc69a60e94',167,0);
INSERT INTO "metrics" VALUES('long',16.8,1700000000168,'f6e3dcf2a55f459dbfe67dcc69a60e94',168,0);
INSERT INTO "metrics" VALUES('long',1.6900000000000002132e+01,1700000000169,'f6e3dcf2a55f459dbfe67dcc69a60e94',169,0);
INSERT INTO "metrics" VALUES('long',17.0,1700000000170,'f6e3dcf2a55f459dbfe67dcc69a60e94',170,0);
INSERT INTO "metrics" VALUES('long',17.1,1700000000171,'f6e3dcf2a55f459dbfe67dcc69a60e94',171,0);
INSERT INTO "metrics" VALUES('long',17.2,1700000000172,'f6e3dcf2a55f459dbfe67dcc69a60e94',172,0);
INSERT INTO "metrics" VALUES('long',17.3,1700000000173,'f6e3dcf2a55f459dbfe67dcc69a60e94',173,0);
INSERT INTO "metrics" VALUES('long',1.74000000000000021316e+01,1700000000174,'f6e3dcf2a55f459dbfe67dcc69a60e94',174,0);
INSERT INTO "metrics" VALUES('long',17.5,1700000000175,'f6e3dcf2a55f459dbfe67dcc69a60e94',175,0);
INSERT INTO "metrics" VALUES('long',17.6,1700000000176,'f6e3dcf2a55f459dbfe67dcc69a60e94',176,0);
INSERT INTO "metrics" VALUES('long',17.7,1700000000177,'f6e3dcf2a55f459dbfe67dcc69a60e94',177,0);
INSERT INTO "metrics" VALUES('long',17.8,1700000000178,'f6e3dcf2a55f459dbfe67dcc69a60e94',178,0);
INSERT INTO "metrics" VALUES('long',1.79000000000000021311e+01,1700000000179,'f6e3dcf2a55f459dbfe67dcc69a60e94',179,0);
INSERT INTO "metrics" VALUES('long',18.0,1700000000180,'f6e3dcf2a55f459dbfe67dcc69a60e94',180,0);
INSERT INTO "metrics" VALUES('long',18.1,1700000000181,'f6e3dcf2a55f459dbfe67dcc69a60e94',181,0);
INSERT INTO "metrics" VALUES('long',18.2,1700000000182,'f6e3dcf2a55f459dbfe67dcc69a60e94',182,0);
INSERT INTO "metrics" VALUES('long',18.3,1700000000183,'f6e3dcf2a55f459dbfe67dcc69a60e94',183,0);
INSERT INTO "metrics" VALUES('long',1.84000000000000021316e+01,1700000000184,'f6e3dcf2a55f459dbfe67dcc69a60e94',184,0);
INSERT INTO "metrics" VALUES('long',18.5,1700000000185,'f6e3dcf2a55f459dbfe67dcc69a60e94',185,0);
INSERT INTO "metrics" VALUES('long',18.6,1700000000186,'f6e3dcf2a55f459dbfe67dcc69a60e94',186,0);
INSERT INTO "metrics" VALUES('long',18.7,1700000000187,'f6e3dcf2a55f459dbfe67dcc69a60e94',187,0);
INSERT INTO "metrics" VALUES('long',18.8,1700000000188,'f6e3dcf2a55f459dbfe67dcc69a60e94',188,0);
INSERT INTO "metrics" VALUES('long',1.89000000000000021316e+01,1700000000189,'f6e3dcf2a55f459dbfe67dcc69a60e94',189,0);
INSERT INTO "metrics" VALUES('long',19.0,1700000000190,'f6e3dcf2a55f459dbfe67dcc69a60e94',190,0);
INSERT INTO "metrics" VALUES('long',19.1,1700000000191,'f6e3dcf2a55f459dbfe67dcc69a60e94',191,0);
INSERT INTO "metrics" VALUES('long',1.92000000000000028421e+01,1700000000192,'f6e3dcf2a55f459dbfe67dcc69a60e94',192,0);
INSERT INTO "metrics" VALUES('long',19.3,1700000000193,'f6e3dcf2a55f459dbfe67dcc69a60e94',193,0);
INSERT INTO "metrics" VALUES('long',1.94000000000000021316e+01,1700000000194,'f6e3dcf2a55f459dbfe67dcc69a60e94',194,0);
INSERT INTO "metrics" VALUES('long',19.5,1700000000195,'f6e3dcf2a55f459dbfe67dcc69a60e94',195,0);
INSERT INTO "metrics" VALUES('long',19.6,1700000000196,'f6e3dcf2a55f459dbfe67dcc69a60e94',196,0);
INSERT INTO "metrics" VALUES('long',1.97000000000000028421e+01,1700000000197,'f6e3dcf2a55f459dbfe67dcc69a60e94',197,0);
INSERT INTO "metrics" VALUES('long',19.8,1700000000198,'f6e3dcf2a55f459dbfe67dcc69a60e94',198,0);
INSERT INTO "metrics" VALUES('long',1.99000000000000021316e+01,1700000000199,'f6e3dcf2a55f459dbfe67dcc69a60e94',199,0);
INSERT INTO "metrics" VALUES('long',20.0,1700000000200,'f6e3dcf2a55f459dbfe67dcc69a60e94',200,0);
INSERT INTO "metrics" VALUES('long',20.1,1700000000201,'f6e3dcf2a55f459dbfe67dcc69a60e94',201,0);
INSERT INTO "metrics" VALUES('long',2.02000000000000028426e+01,1700000000202,'f6e3dcf2a55f459dbfe67dcc69a60e94',202,0);
INSERT INTO "metrics" VALUES('long',20.3,1700000000203,'f6e3dcf2a55f459dbfe67dcc69a60e94',203,0);
INSERT INTO "metrics" VALUES('long',2.04000000000000021311e+01,1700000000204,'f6e3dcf2a55f459dbfe67dcc69a60e94',204,0);
INSERT INTO "metrics" VALUES('long',20.5,1700000000205,'f6e3dcf2a55f459dbfe67dcc69a60e94',205,0);
INSERT INTO "metrics" VALUES('long',20.6,1700000000206,'f6e3dcf2a55f459dbfe67dcc69a60e94',206,0);
INSERT INTO "metrics" VALUES('long',2.07000000000000028421e+01,1700000000207,'f6e3dcf2a55f459dbfe67dcc69a60e94',207,0);
INSERT INTO "metrics" VALUES('long',20.8,1700000000208,'f6e3dcf2a55f459dbfe67dcc69a60e94',208,0);
INSERT INTO "metrics" VALUES('long',2.09000000000000021307e+01,1700000000209,'f6e3dcf2a55f459dbfe67dcc69a60e94',209,0);
INSERT INTO "metrics" VALUES('long',21.0,1700000000210,'f6e3dcf2a55f459dbfe67dcc69a60e94',210,0);
INSERT INTO "metrics" VALUES('long',21.1,1700000000211,'f6e3dcf2a55f459dbfe67dcc69a60e94',211,0);
INSERT INTO "metrics" VALUES('long',2.12000000000000028417e+01,1700000000212,'f6e3dcf2a55f459dbfe67dcc69a60e94',212,0);
INSERT INTO "metrics" VALUES('long',21.3,1700000000213,'f6e3dcf2a55f459dbfe67dcc69a60e94',213,0);
INSERT INTO "metrics" VALUES('long',2.14000000000000021324e+01,1700000000214,'f6e3dcf2a55f459dbfe67dcc69a60e94',214,0);
INSERT INTO "metrics" VALUES('long',21.5,1700000000215,'f6e3dcf2a55f459dbfe67dcc69a60e94',215,0);
INSERT INTO "metrics" VALUES('long',21.6,1700000000216,'f6e3dcf2a55f459dbfe67dcc69a60e94',216,0);
INSERT INTO "metrics" VALUES('long',2.17000000000000028413e+01,1700000000217,'f6e3dcf2a55f459dbfe67dcc69a60e94',217,0);
INSERT INTO "metrics" VALUES('long',21.8,1700000000218,'f6e3dcf2a55f459dbfe67dcc69a60e94',218,0);
INSERT INTO "metrics" VALUES('long',2.1900000000000002132e+01,1700000000219,'f6e3dcf2a55f459dbfe67dcc69a60e94',219,0);
INSERT INTO "metrics" VALUES('long',22.0,1700000000220,'f6e3dcf2a55f459dbfe67dcc69a60e94',220,0);
INSERT INTO "metrics" VALUES('long',22.1,1700000000221,'f6e3dcf2a55f459dbfe67dcc69a60e94',221,0);
INSERT INTO "metrics" VALUES('long',2.2200000000000002843e+01,1700000000222,'f6e3dcf2a55f459dbfe67dcc69a60e94',222,0);
INSERT INTO "metrics" VALUES('long',22.3,1700000000223,'f6e3dcf2a55f459dbfe67dcc69a60e94',223,0);
INSERT INTO "metrics" VALUES('long',2.24000000000000021316e+01,1700000000224,'f6e3dcf2a55f459dbfe67dcc69a60e94',224,0);
INSERT INTO "metrics" VALUES('long',22.5,1700000000225,'f6e3dcf2a55f459dbfe67dcc69a60e94',225,0);
INSERT INTO "metrics" VALUES('long',22.6,1700000000226,'f6e3dcf2a55f459dbfe67dcc69a60e94',226,0);
INSERT INTO "metrics" VALUES('long',2.27000000000000028426e+01,1700000000227,'f6e3dcf2a55f459dbfe67dcc69a60e94',227,0);
INSERT INTO "metrics" VALUES('long',22.8,1700000000228,'f6e3dcf2a55f459dbfe67dcc69a60e94',228,0);
INSERT INTO "metrics" VALUES('long',2.29000000000000021311e+01,1700000000229,'f6e3dcf2a55f459dbfe67dcc69a60e94',229,0);
INSERT INTO "metrics" VALUES('long',23.0,1700000000230,'f6e3dcf2a55f459dbfe67dcc69a60e94',230,0);
INSERT INTO "metrics" VALUES('long',23.1,1700000000231,'f6e3dcf2a55f459dbfe67dcc69a60e94',231,0);
INSERT INTO "metrics" VALUES('long',2.32000000000000028421e+01,1700000000232,'f6e3dcf2a55f459dbfe67dcc69a60e94',232,0);
INSERT INTO "metrics" VALUES('long',23.3,1700000000233,'f6e3dcf2a55f459dbfe67dcc69a60e94',233,0);
INSERT INTO "metrics" VALUES('long',2.34000000000000021307e+01,1700000000234,'f6e3dcf2a55f459dbfe67dcc69a60e94',234,0);
INSERT INTO "metrics" VALUES('long',23.5,1700000000235,'f6e3dcf2a55f459dbfe67dcc69a60e94',235,0);
INSERT INTO "metrics" VALUES('long',23.6,1700000000236,'f6e3dcf2a55f459dbfe67dcc69a60e94',236,0);
INSERT INTO "metrics" VALUES('long',2.37000000000000028417e+01,1700000000237,'f6e3dcf2a55f459dbfe67dcc69a60e94',237,0);
INSERT INTO "metrics" VALUES('long',23.8,1700000000238,'f6e3dcf2a55f459dbfe67dcc69a60e94',238,0);
INSERT INTO "metrics" VALUES('long',2.39000000000000021324e+01,1700000000239,'f6e3dcf2a55f459dbfe67dcc69a60e94',239,0);
INSERT INTO "metrics" VALUES('long',24.0,1700000000240,'f6e3dcf2a55f459dbfe67dcc69a60e94',240,0);
INSERT INTO "metrics" VALUES('long',24.1,1700000000241,'f6e3dcf2a55f459dbfe67dcc69a60e94',241,0);
INSERT INTO "metrics" VALUES('long',2.42000000000000028413e+01,1700000000242,'f6e3dcf2a55f459dbfe67dcc69a60e94',242,0);
INSERT INTO "metrics" VALUES('long',24.3,1700000000243,'f6e3dcf2a55f459dbfe67dcc69a60e94',243,0);
INSERT INTO "metrics" VALUES('long',2.4400000000000002132e+01,1700000000244,'f6e3dcf2a55f459dbfe67dcc69a60e94',244,0);
INSERT INTO "metrics" VALUES('long',24.5,1700000000245,'f6e3dcf2a55f459dbfe67dcc69a60e94',245,0);
INSERT INTO "metrics" VALUES('long',24.6,1700000000246,'f6e3dcf2a55f459dbfe67dcc69a60e94',246,0);
INSERT INTO "metrics" VALUES('long',2.4700000000000002843e+01,1700000000247,'f6e3dcf2a55f459dbfe67dcc69a60e94',247,0);
INSERT INTO "metrics" VALUES('long',24.8,1700000000248,'f6e3dcf2a55f459dbfe67dcc69a60e94',248,0);
INSERT INTO "metrics" VALUES('long',2.49000000000000021316e+01,1700000000249,'f6e3dcf2a55f459dbfe67dcc69a60e94',249,0);
INSERT INTO "metrics" VALUES('long',25.0,1700000000250,'f6e3dcf2a55f459dbfe67dcc69a60e94',250,0);
INSERT INTO "metrics" VALUES('long',25.1,1700000000251,'f6e3dcf2a55f459dbfe67dcc69a60e94',251,0);
INSERT INTO "metrics" VALUES('long',2.52000000000000028426e+01,1700000000252,'f6e3dcf2a55f459dbfe67dcc69a60e94',252,0);
INSERT INTO "metrics" VALUES('long',25.3,1700000000253,'f6e3dcf2a55f459dbfe67dcc69a60e94',253,0);
INSERT INTO "metrics" VALUES('long',2.54000000000000021311e+01,1700000000254,'f6e3dcf2a55f459dbfe67dcc69a60e94',254,0);
INSERT INTO "metrics" VALUES('long',25.5,1700000000255,'f6e3dcf2a55f459dbfe67dcc69a60e94',255,0);
INSERT INTO "metrics" VALUES('long',25.6,1700000000256,'f6e3dcf2a55f459dbfe67dcc69a60e94',256,0);
INSERT INTO "metrics" VALUES('long',2.57000000000000028421e+01,1700000000257,'f6e3dcf2a55f459dbfe67dcc69a60e94',257,0);
INSERT INTO "metrics" VALUES('long',25.8,1700000000258,'f6e3dcf2a55f459dbfe67dcc69a60e94',258,0);
INSERT INTO "metrics" VALUES('long',2.59000000000000021307e+01,1700000000259,'f6e3dcf2a55f459dbfe67dcc69a60e94',259,0);
INSERT INTO "metrics" VALUES('long',26.0,1700000000260,'f6e3dcf2a55f459dbfe67dcc69a60e94',260,0);
INSERT INTO "metrics" VALUES('long',26.1,1700000000261,'f6e3dcf2a55f459dbfe67dcc69a60e94',261,0);
INSERT INTO "metrics" VALUES('long',2.62000000000000028417e+01,1700000000262,'f6e3dcf2a55f459dbfe67dcc69a60e94',262,0);
INSERT INTO "metrics" VALUES('long',26.3,1700000000263,'f6e3dcf2a55f459dbfe67dcc69a60e94',263,0);
INSERT INTO "metrics" VALUES('long',2.64000000000000021324e+01,1700000000264,'f6e3dcf2a55f459dbfe67dcc69a60e94',264,0);
INSERT INTO "metrics" VALUES('long',26.5,1700000000265,'f6e3dcf2a55f459dbfe67dcc69a60e94',265,0);
INSERT INTO "metrics" VALUES('long',26.6,1700000000266,'f6e3dcf2a55f459dbfe67dcc69a60e94',266,0);
INSERT INTO "metrics" VALUES('long',2.67000000000000028413e+01,1700000000267,'f6e3dcf2a55f459dbfe67dcc69a60e94',267,0);
INSERT INTO "metrics" VALUES('long',26.8,1700000000268,'f6e3dcf2a55f459dbfe67dcc69a60e94',268,0);
INSERT INTO "metrics" VALUES('long',2.6900000000000002132e+01,1700000000269,'f6e3dcf2a55f459dbfe67dcc69a60e94',269,0);
INSERT INTO "metrics" VALUES('long',27.0,1700000000270,'f6e3dcf2a55f459dbfe67dcc69a60e94',270,0);
INSERT INTO "metrics" VALUES('long',27.1,1700000000271,'f6e3dcf2a55f459dbfe67dcc69a60e94',271,0);
INSERT INTO "metrics" VALUES('long',2.7200000000000002843e+01,1700000000272,'f6e3dcf2a55f459dbfe67dcc69a60e94',272,0);
INSERT INTO "metrics" VALUES('long',27.3,1700000000273,'f6e3dcf2a55f459dbfe67dcc69a60e94',273,0);
INSERT INTO "metrics" VALUES('long',2.74000000000000021316e+01,1700000000274,'f6e3dcf2a55f459dbfe67dcc69a60e94',274,0);
INSERT INTO "metrics" VALUES('long',27.5,1700000000275,'f6e3dcf2a55f459dbfe67dcc69a60e94',275,0);
INSERT INTO "metrics" VALUES('long',27.6,1700000000276,'f6e3dcf2a55f459dbfe67dcc69a60e94',276,0);
INSERT INTO "metrics" VALUES('long',2.77000000000000028426e+01,1700000000277,'f6e3dcf2a55f459dbfe67dcc69a60e94',277,0);
INSERT INTO "metrics" VALUES('long',27.8,1700000000278,'f6e3dcf2a55f459dbfe67dcc69a60e94',278,0);
INSERT INTO "metrics" VALUES('long',2.79000000000000021311e+01,1700000000279,'f6e3dcf2a55f459dbfe67dcc69a60e94',279,0);
INSERT INTO "metrics" VALUES('long',28.0,1700000000280,'f6e3dcf2a55f459dbfe67dcc69a60e94',280,0);
INSERT INTO "metrics" VALUES('long',28.1,1700000000281,'f6e3dcf2a55f459dbfe67dcc69a60e94',281,0);
INSERT INTO "metrics" VALUES('long',2.82000000000000028421e+01,1700000000282,'f6e3dcf2a55f459dbfe67dcc69a60e94',282,0);
INSERT INTO "metrics" VALUES('long',28.3,1700000000283,'f6e3dcf2a55f459dbfe67dcc69a60e94',283,0);
INSERT INTO "metrics" VALUES('long',2.84000000000000021307e+01,1700000000284,'f6e3dcf2a55f459dbfe67dcc69a60e94',284,0);
INSERT INTO "metrics" VALUES('long',28.5,1700000000285,'f6e3dcf2a55f459dbfe67dcc69a60e94',285,0);
INSERT INTO "metrics" VALUES('long',28.6,1700000000286,'f6e3dcf2a55f459dbfe67dcc69a60e94',286,0);
INSERT INTO "metrics" VALUES('long',2.87000000000000028421e+01,1700000000287,'f6e3dcf2a55f459dbfe67dcc69a60e94',287,0);
INSERT INTO "metrics" VALUES('long',28.8,1700000000288,'f6e3dcf2a55f459dbfe67dcc69a60e94',288,0);
INSERT INTO "metrics" VALUES('long',2.89000000000000021324e+01,1700000000289,'f6e3dcf2a55f459dbfe67dcc69a60e94',289,0);
INSERT INTO "metrics" VALUES('long',29.0,1700000000290,'f6e3dcf2a55f459dbfe67dcc69a60e94',290,0);
INSERT INTO "metrics" VALUES('long',29.1,1700000000291,'f6e3dcf2a55f459dbfe67dcc69a60e94',291,0);
INSERT INTO "metrics" VALUES('long',2.92000000000000028413e+01,1700000000292,'f6e3dcf2a55f459dbfe67dcc69a60e94',292,0);
INSERT INTO "metrics" VALUES('long',29.3,1700000000293,'f6e3dcf2a55f459dbfe67dcc69a60e94',293,0);
INSERT INTO "metrics" VALUES('long',2.94000000000000021316e+01,1700000000294,'f6e3dcf2a55f459dbfe67dcc69a60e94',294,0);
INSERT INTO "metrics" VALUES('long',29.5,1700000000295,'f6e3dcf2a55f459dbfe67dcc69a60e94',295,0);
INSERT INTO "metrics" VALUES('long',29.6,1700000000296,'f6e3dcf2a55f459dbfe67dcc69a60e94',296,0);
INSERT INTO "metrics" VALUES('long',2.9700000000000002843e+01,1700000000297,'f6e3dcf2a55f459dbfe67dcc69a60e94',297,0);
INSERT INTO "metrics" VALUES('long',29.8,1700000000298,'f6e3dcf2a55f459dbfe67dcc69a60e94',298,0);
INSERT INTO "metrics" VALUES('long',2.99000000000000021316e+01,1700000000299,'f6e3dcf2a55f459dbfe67dcc69a60e94',299,0);
INSERT INTO "metrics" VALUES('x',1.0,1795783052312,'880bee0a5a2b4536b9054ceaa6c15f07',0,0);
CREATE TABLE "model_definitions" (
	model_definition_id VARCHAR(36) NOT NULL, 
	name VARCHAR(255) NOT NULL, 
	secret_id VARCHAR(36), 
	provider VARCHAR(64) NOT NULL, 
	model_name VARCHAR(256) NOT NULL, 
	created_by VARCHAR(255), 
	created_at BIGINT NOT NULL, 
	last_updated_by VARCHAR(255), 
	last_updated_at BIGINT NOT NULL, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT model_definitions_pk PRIMARY KEY (model_definition_id), 
	CONSTRAINT fk_model_definitions_secret_id FOREIGN KEY(secret_id) REFERENCES secrets (secret_id) ON DELETE SET NULL, 
	CONSTRAINT uq_model_definitions_workspace_name UNIQUE (workspace, name)
);
CREATE TABLE "model_version_tags" (
	"key" VARCHAR(250) NOT NULL, 
	value TEXT, 
	name VARCHAR(256) NOT NULL, 
	version INTEGER NOT NULL, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT model_version_tag_pk PRIMARY KEY (workspace, "key", name, version), 
	CONSTRAINT fk_model_version_tags_model_versions FOREIGN KEY(workspace, name, version) REFERENCES model_versions (workspace, name, version) ON UPDATE CASCADE
);
CREATE TABLE "model_versions" (
	name VARCHAR(256) NOT NULL, 
	version INTEGER NOT NULL, 
	creation_time BIGINT, 
	last_updated_time BIGINT, 
	description VARCHAR(5000), 
	user_id VARCHAR(256), 
	current_stage VARCHAR(20), 
	source VARCHAR(500), 
	run_id VARCHAR(32), 
	status VARCHAR(20), 
	status_message VARCHAR(500), 
	run_link VARCHAR(500), 
	storage_location VARCHAR(500), 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT model_version_pk PRIMARY KEY (workspace, name, version), 
	CONSTRAINT fk_model_versions_registered_models FOREIGN KEY(workspace, name) REFERENCES registered_models (workspace, name) ON UPDATE CASCADE
);
CREATE TABLE online_scoring_configs (
	online_scoring_config_id VARCHAR(36) NOT NULL, 
	scorer_id VARCHAR(36) NOT NULL, 
	sample_rate FLOAT NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	filter_string TEXT, 
	CONSTRAINT online_scoring_config_pk PRIMARY KEY (online_scoring_config_id), 
	CONSTRAINT fk_online_scoring_configs_scorer_id FOREIGN KEY(scorer_id) REFERENCES scorers (scorer_id) ON DELETE CASCADE, 
	CONSTRAINT fk_online_scoring_configs_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id)
);
CREATE TABLE "params" (
	"key" VARCHAR(250) NOT NULL, 
	value VARCHAR(8000) NOT NULL, 
	run_uuid VARCHAR(32) NOT NULL, 
	CONSTRAINT param_pk PRIMARY KEY ("key", run_uuid), 
	FOREIGN KEY(run_uuid) REFERENCES runs (run_uuid)
);
INSERT INTO "params" VALUES('lr','0.1','f6e3dcf2a55f459dbfe67dcc69a60e94');
INSERT INTO "params" VALUES('nested/opt','adam
with a second line','f6e3dcf2a55f459dbfe67dcc69a60e94');
CREATE TABLE "registered_model_aliases" (
	alias VARCHAR(256) NOT NULL, 
	version INTEGER NOT NULL, 
	name VARCHAR(256) NOT NULL, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT registered_model_alias_pk PRIMARY KEY (workspace, name, alias), 
	CONSTRAINT fk_registered_model_aliases_registered_models FOREIGN KEY(workspace, name) REFERENCES registered_models (workspace, name) ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TABLE "registered_model_tags" (
	"key" VARCHAR(250) NOT NULL, 
	value VARCHAR(5000), 
	name VARCHAR(256) NOT NULL, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT registered_model_tag_pk PRIMARY KEY (workspace, "key", name), 
	CONSTRAINT fk_registered_model_tags_registered_models FOREIGN KEY(workspace, name) REFERENCES registered_models (workspace, name) ON UPDATE CASCADE
);
CREATE TABLE "registered_models" (
	name VARCHAR(256) NOT NULL, 
	creation_time BIGINT, 
	last_updated_time BIGINT, 
	description VARCHAR(5000), 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT registered_model_pk PRIMARY KEY (workspace, name)
);
CREATE TABLE review_queue_items (
	queue_id VARCHAR(36) NOT NULL, 
	item_type VARCHAR(16) NOT NULL, 
	item_id VARCHAR(50) NOT NULL, 
	status VARCHAR(16) NOT NULL, 
	completed_by VARCHAR(250), 
	completed_time_ms BIGINT, 
	creation_time_ms BIGINT NOT NULL, 
	last_update_time_ms BIGINT NOT NULL, 
	CONSTRAINT review_queue_items_pk PRIMARY KEY (queue_id, item_id), 
	CONSTRAINT fk_review_queue_items_queue_id FOREIGN KEY(queue_id) REFERENCES review_queues (queue_id) ON DELETE CASCADE
);
CREATE TABLE review_queue_label_schemas (
	queue_id VARCHAR(36) NOT NULL, 
	schema_id VARCHAR(36) NOT NULL, 
	CONSTRAINT review_queue_label_schemas_pk PRIMARY KEY (queue_id, schema_id), 
	CONSTRAINT fk_review_queue_label_schemas_queue_id FOREIGN KEY(queue_id) REFERENCES review_queues (queue_id) ON DELETE CASCADE
);
CREATE TABLE review_queue_users (
	queue_id VARCHAR(36) NOT NULL, 
	user_id VARCHAR(250) NOT NULL, 
	CONSTRAINT review_queue_users_pk PRIMARY KEY (queue_id, user_id), 
	CONSTRAINT fk_review_queue_users_queue_id FOREIGN KEY(queue_id) REFERENCES review_queues (queue_id) ON DELETE CASCADE
);
CREATE TABLE review_queues (
	queue_id VARCHAR(36) NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	name VARCHAR(250) NOT NULL, 
	queue_type VARCHAR(16) NOT NULL, 
	created_by VARCHAR(255), 
	creation_time_ms BIGINT NOT NULL, 
	last_update_time_ms BIGINT NOT NULL, 
	name_key VARCHAR(250) NOT NULL, 
	CONSTRAINT review_queues_pk PRIMARY KEY (queue_id), 
	CONSTRAINT fk_review_queues_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id) ON DELETE CASCADE, 
	CONSTRAINT uq_review_queues_experiment_name_key UNIQUE (experiment_id, name_key)
);
CREATE TABLE "runs" (
	run_uuid VARCHAR(32) NOT NULL, 
	name VARCHAR(250), 
	source_type VARCHAR(20), 
	source_name VARCHAR(500), 
	entry_point_name VARCHAR(50), 
	user_id VARCHAR(256), 
	status VARCHAR(9), 
	start_time BIGINT, 
	end_time BIGINT, 
	source_version VARCHAR(50), 
	lifecycle_stage VARCHAR(20), 
	artifact_uri VARCHAR(200), 
	experiment_id INTEGER, deleted_time BIGINT, 
	CONSTRAINT run_pk PRIMARY KEY (run_uuid), 
	CONSTRAINT runs_lifecycle_stage CHECK (lifecycle_stage IN ('active', 'deleted')), 
	CONSTRAINT source_type CHECK (source_type IN ('NOTEBOOK', 'JOB', 'LOCAL', 'UNKNOWN', 'PROJECT')), 
	FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id), 
	CHECK (status IN ('SCHEDULED', 'FAILED', 'FINISHED', 'RUNNING', 'KILLED'))
);
INSERT INTO "runs" VALUES('f6e3dcf2a55f459dbfe67dcc69a60e94','first','UNKNOWN','','','ann','FAILED',1700000000123,1700000060123,'','active','/recorded/sqlite/kept/one/f6e3dcf2a55f459dbfe67dcc69a60e94/artifacts',1,NULL);
INSERT INTO "runs" VALUES('b91c6909696a4f678bfe791b49dd0fc5','nimble-flea-936','UNKNOWN','','','unknown','RUNNING',7,NULL,'','active','/recorded/sqlite/kept/one/b91c6909696a4f678bfe791b49dd0fc5/artifacts',1,NULL);
INSERT INTO "runs" VALUES('9a27b41998864d85be341420c98ec51a','enthused-wren-107','UNKNOWN','','','unknown','RUNNING',8,NULL,'','deleted','/recorded/sqlite/kept/one/9a27b41998864d85be341420c98ec51a/artifacts',1,1795783052389);
INSERT INTO "runs" VALUES('880bee0a5a2b4536b9054ceaa6c15f07','placid-mule-486','UNKNOWN','','','unknown','RUNNING',1795783052248,NULL,'','deleted','/recorded/sqlite/mlruns/2/880bee0a5a2b4536b9054ceaa6c15f07/artifacts',2,1795783052462);
CREATE TABLE scheduler_leases (
	lease_key VARCHAR(255) NOT NULL, 
	acquired_at BIGINT NOT NULL, 
	ttl_seconds INTEGER NOT NULL, 
	CONSTRAINT scheduler_leases_pk PRIMARY KEY (lease_key)
);
CREATE TABLE scorer_versions (
	scorer_id VARCHAR(36) NOT NULL, 
	scorer_version INTEGER NOT NULL, 
	serialized_scorer TEXT NOT NULL, 
	creation_time BIGINT, 
	CONSTRAINT scorer_version_pk PRIMARY KEY (scorer_id, scorer_version), 
	CONSTRAINT fk_scorer_versions_scorer_id FOREIGN KEY(scorer_id) REFERENCES scorers (scorer_id) ON DELETE CASCADE
);
CREATE TABLE scorers (
	experiment_id INTEGER NOT NULL, 
	scorer_name VARCHAR(256) NOT NULL, 
	scorer_id VARCHAR(36) NOT NULL, 
	CONSTRAINT scorer_pk PRIMARY KEY (scorer_id), 
	CONSTRAINT fk_scorers_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id) ON DELETE CASCADE
);
CREATE TABLE "secrets" (
	secret_id VARCHAR(36) NOT NULL, 
	secret_name VARCHAR(255) NOT NULL, 
	encrypted_value BLOB NOT NULL, 
	wrapped_dek BLOB NOT NULL, 
	kek_version INTEGER NOT NULL, 
	masked_value VARCHAR(500) NOT NULL, 
	provider VARCHAR(64), 
	auth_config TEXT, 
	description TEXT, 
	created_by VARCHAR(255), 
	created_at BIGINT NOT NULL, 
	last_updated_by VARCHAR(255), 
	last_updated_at BIGINT NOT NULL, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT secrets_pk PRIMARY KEY (secret_id), 
	CONSTRAINT uq_secrets_workspace_secret_name UNIQUE (workspace, secret_name)
);
CREATE TABLE span_metrics (
	trace_id VARCHAR(50) NOT NULL, 
	span_id VARCHAR(50) NOT NULL, 
	"key" VARCHAR(250) NOT NULL, 
	value FLOAT, 
	CONSTRAINT span_metrics_pk PRIMARY KEY (trace_id, span_id, "key"), 
	CONSTRAINT fk_span_metrics_span FOREIGN KEY(trace_id, span_id) REFERENCES spans (trace_id, span_id) ON DELETE CASCADE
);
CREATE TABLE "spans" (
	trace_id VARCHAR(50) NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	span_id VARCHAR(50) NOT NULL, 
	parent_span_id VARCHAR(50), 
	name TEXT, 
	type VARCHAR(500), 
	status VARCHAR(50) NOT NULL, 
	start_time_unix_nano BIGINT NOT NULL, 
	end_time_unix_nano BIGINT, 
	duration_ns BIGINT GENERATED ALWAYS AS (end_time_unix_nano - start_time_unix_nano) STORED, 
	content TEXT NOT NULL, 
	input_cost FLOAT, 
	output_cost FLOAT, 
	total_cost FLOAT, 
	model_name VARCHAR(500), 
	model_provider VARCHAR(500), 
	CONSTRAINT spans_pk PRIMARY KEY (trace_id, span_id), 
	CONSTRAINT fk_spans_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id), 
	CONSTRAINT fk_spans_trace_id FOREIGN KEY(trace_id) REFERENCES trace_info (request_id) ON DELETE CASCADE
);
CREATE TABLE sql_assessment_daily_rollups (
	id INTEGER NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	rollup_day DATE NOT NULL, 
	metric_name VARCHAR(250) NOT NULL, 
	grouping_set VARCHAR(50) NOT NULL, 
	sample_count BIGINT NOT NULL, 
	sum_value FLOAT, 
	min_value FLOAT, 
	max_value FLOAT, 
	CONSTRAINT sql_assessment_daily_rollups_pk PRIMARY KEY (id)
);
CREATE TABLE sql_span_cost_daily_rollups (
	id INTEGER NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	rollup_day DATE NOT NULL, 
	metric_name VARCHAR(250) NOT NULL, 
	grouping_set VARCHAR(50) NOT NULL, 
	model_name VARCHAR(500), 
	model_provider VARCHAR(500), 
	sample_count BIGINT NOT NULL, 
	sum_value FLOAT, 
	min_value FLOAT, 
	max_value FLOAT, 
	CONSTRAINT sql_span_cost_daily_rollups_pk PRIMARY KEY (id)
);
CREATE TABLE sql_trace_metric_daily_rollups (
	id INTEGER NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	rollup_day DATE NOT NULL, 
	metric_name VARCHAR(250) NOT NULL, 
	grouping_set VARCHAR(50) NOT NULL, 
	trace_status VARCHAR(50), 
	sample_count BIGINT NOT NULL, 
	sum_value FLOAT, 
	min_value FLOAT, 
	max_value FLOAT, 
	p50_value FLOAT, 
	p90_value FLOAT, 
	p99_value FLOAT, 
	CONSTRAINT sql_trace_metric_daily_rollups_pk PRIMARY KEY (id)
);
CREATE TABLE sql_trace_rollup_rebuild_queue (
	experiment_id INTEGER NOT NULL, 
	rollup_day DATE NOT NULL, 
	rollup_family VARCHAR(50) NOT NULL, 
	CONSTRAINT sql_trace_rollup_rebuild_queue_pk PRIMARY KEY (experiment_id, rollup_day, rollup_family)
);
CREATE TABLE "tags" (
	"key" VARCHAR(250) NOT NULL, 
	value VARCHAR(8000), 
	run_uuid VARCHAR(32) NOT NULL, 
	CONSTRAINT tag_pk PRIMARY KEY ("key", run_uuid), 
	FOREIGN KEY(run_uuid) REFERENCES runs (run_uuid)
);
INSERT INTO "tags" VALUES('mlflow.runName','first','f6e3dcf2a55f459dbfe67dcc69a60e94');
INSERT INTO "tags" VALUES('note','line 1
line 2
line 3
','f6e3dcf2a55f459dbfe67dcc69a60e94');
INSERT INTO "tags" VALUES('empty','','f6e3dcf2a55f459dbfe67dcc69a60e94');
INSERT INTO "tags" VALUES('uni','żółw 🐢','f6e3dcf2a55f459dbfe67dcc69a60e94');
INSERT INTO "tags" VALUES('mlflow.user','ann','f6e3dcf2a55f459dbfe67dcc69a60e94');
INSERT INTO "tags" VALUES('mlflow.parentRunId','f6e3dcf2a55f459dbfe67dcc69a60e94','b91c6909696a4f678bfe791b49dd0fc5');
INSERT INTO "tags" VALUES('mlflow.runName','nimble-flea-936','b91c6909696a4f678bfe791b49dd0fc5');
INSERT INTO "tags" VALUES('mlflow.runName','enthused-wren-107','9a27b41998864d85be341420c98ec51a');
INSERT INTO "tags" VALUES('mlflow.runName','placid-mule-486','880bee0a5a2b4536b9054ceaa6c15f07');
CREATE TABLE "trace_info" (
	request_id VARCHAR(50) NOT NULL, 
	experiment_id INTEGER NOT NULL, 
	timestamp_ms BIGINT NOT NULL, 
	execution_time_ms BIGINT, 
	status VARCHAR(50) NOT NULL, 
	client_request_id VARCHAR(50), 
	request_preview VARCHAR(1000), 
	response_preview VARCHAR(1000), 
	db_payload_generation INTEGER DEFAULT '0' NOT NULL, trace_name VARCHAR(4096), session_id VARCHAR(250), input_tokens BIGINT, output_tokens BIGINT, total_tokens BIGINT, cache_read_input_tokens BIGINT, cache_creation_input_tokens BIGINT, cache_creation_input_tokens_above_1hr BIGINT, input_cost FLOAT, output_cost FLOAT, total_cost FLOAT, 
	CONSTRAINT trace_info_pk PRIMARY KEY (request_id), 
	CONSTRAINT fk_trace_info_experiment_id FOREIGN KEY(experiment_id) REFERENCES experiments (experiment_id) ON DELETE CASCADE
);
CREATE TABLE trace_metrics (
	request_id VARCHAR(50) NOT NULL, 
	"key" VARCHAR(250) NOT NULL, 
	value FLOAT, 
	CONSTRAINT trace_metrics_pk PRIMARY KEY (request_id, "key"), 
	CONSTRAINT fk_trace_metrics_request_id FOREIGN KEY(request_id) REFERENCES trace_info (request_id) ON DELETE CASCADE
);
CREATE TABLE "trace_request_metadata" (
	"key" VARCHAR(250) NOT NULL, 
	value VARCHAR(8000), 
	request_id VARCHAR(50) NOT NULL, 
	CONSTRAINT trace_request_metadata_pk PRIMARY KEY ("key", request_id), 
	CONSTRAINT fk_trace_request_metadata_request_id FOREIGN KEY(request_id) REFERENCES trace_info (request_id) ON DELETE CASCADE
);
CREATE TABLE "trace_tags" (
	"key" VARCHAR(250) NOT NULL, 
	value VARCHAR(8000), 
	request_id VARCHAR(50) NOT NULL, 
	CONSTRAINT trace_tag_pk PRIMARY KEY ("key", request_id), 
	CONSTRAINT fk_trace_tags_request_id FOREIGN KEY(request_id) REFERENCES trace_info (request_id) ON DELETE CASCADE
);
CREATE TABLE webhook_events (
	webhook_id VARCHAR(256) NOT NULL, 
	entity VARCHAR(50) NOT NULL, 
	action VARCHAR(50) NOT NULL, 
	CONSTRAINT webhook_event_pk PRIMARY KEY (webhook_id, entity, action), 
	FOREIGN KEY(webhook_id) REFERENCES webhooks (webhook_id) ON DELETE cascade
);
CREATE TABLE "webhooks" (
	webhook_id VARCHAR(256) NOT NULL, 
	name VARCHAR(256) NOT NULL, 
	description VARCHAR(1000), 
	url VARCHAR(500) NOT NULL, 
	status VARCHAR(20) DEFAULT 'ACTIVE' NOT NULL, 
	secret VARCHAR(1000), 
	creation_timestamp BIGINT, 
	last_updated_timestamp BIGINT, 
	deleted_timestamp BIGINT, 
	workspace VARCHAR(63) DEFAULT 'default' NOT NULL, 
	CONSTRAINT webhook_pk PRIMARY KEY (webhook_id)
);
CREATE TABLE workspaces (
	name VARCHAR(63) NOT NULL, 
	description TEXT, 
	default_artifact_root TEXT, trace_archival_location TEXT, trace_archival_retention VARCHAR(32), 
	CONSTRAINT workspaces_pk PRIMARY KEY (name)
);
INSERT INTO "workspaces" VALUES('default','Default workspace for legacy resources',NULL,NULL,NULL);
CREATE INDEX index_metrics_run_uuid ON metrics (run_uuid);
CREATE INDEX index_latest_metrics_run_uuid ON latest_metrics (run_uuid);
CREATE INDEX index_inputs_input_uuid ON inputs (input_uuid);
CREATE INDEX index_inputs_destination_type_destination_id_source_type ON inputs (destination_type, destination_id, source_type);
CREATE INDEX index_params_run_uuid ON params (run_uuid);
CREATE INDEX index_trace_tags_request_id ON trace_tags (request_id);
CREATE INDEX index_trace_request_metadata_request_id ON trace_request_metadata (request_id);
CREATE INDEX index_tags_run_uuid ON tags (run_uuid);
CREATE INDEX index_datasets_dataset_uuid ON datasets (dataset_uuid);
CREATE INDEX index_datasets_experiment_id_dataset_source_type ON datasets (experiment_id, dataset_source_type);
CREATE INDEX index_logged_model_metrics_model_id ON logged_model_metrics (model_id);
CREATE INDEX index_entity_associations_association_id ON entity_associations (association_id);
CREATE INDEX index_entity_associations_reverse_lookup ON entity_associations (destination_type, destination_id, source_type, source_id);
CREATE INDEX idx_webhook_events_entity ON webhook_events (entity);
CREATE INDEX idx_webhook_events_action ON webhook_events (action);
CREATE INDEX idx_webhook_events_entity_action ON webhook_events (entity, action);
CREATE UNIQUE INDEX index_scorers_experiment_id_scorer_name ON scorers (experiment_id, scorer_name);
CREATE INDEX index_scorer_versions_scorer_id ON scorer_versions (scorer_id);
CREATE INDEX index_evaluation_dataset_tags_dataset_id ON evaluation_dataset_tags (dataset_id);
CREATE INDEX index_evaluation_dataset_records_dataset_id ON evaluation_dataset_records (dataset_id);
CREATE INDEX index_endpoint_model_mappings_endpoint_id ON endpoint_model_mappings (endpoint_id);
CREATE INDEX index_endpoint_model_mappings_model_definition_id ON endpoint_model_mappings (model_definition_id);
CREATE INDEX index_endpoint_tags_endpoint_id ON endpoint_tags (endpoint_id);
CREATE INDEX index_trace_metrics_request_id ON trace_metrics (request_id);
CREATE UNIQUE INDEX unique_endpoint_model_linkage_mapping ON endpoint_model_mappings (endpoint_id, model_definition_id, linkage_type);
CREATE INDEX index_span_metrics_trace_id_span_id ON span_metrics (trace_id, span_id);
CREATE INDEX index_evaluation_datasets_name ON evaluation_datasets (name);
CREATE INDEX index_evaluation_datasets_created_time ON evaluation_datasets (created_time);
CREATE INDEX idx_webhooks_name ON webhooks (name);
CREATE INDEX idx_webhooks_status ON webhooks (status);
CREATE TRIGGER prevent_secrets_aad_mutation
BEFORE UPDATE ON secrets
FOR EACH ROW
WHEN OLD.secret_id != NEW.secret_id OR OLD.secret_name != NEW.secret_name
BEGIN
    SELECT RAISE(ABORT, 'secret_id and secret_name are immutable (used as AAD in encryption)');
END;
CREATE INDEX index_model_definitions_secret_id ON model_definitions (secret_id);
CREATE INDEX index_model_definitions_provider ON model_definitions (provider);
CREATE INDEX index_jobs_name_status_creation_time ON jobs (job_name, workspace, status, creation_time);
CREATE INDEX idx_experiments_workspace ON experiments (workspace);
CREATE INDEX idx_registered_models_workspace ON registered_models (workspace);
CREATE INDEX idx_experiments_workspace_creation_time ON experiments (workspace, creation_time);
CREATE INDEX idx_evaluation_datasets_workspace ON evaluation_datasets (workspace);
CREATE INDEX idx_webhooks_workspace ON webhooks (workspace);
CREATE INDEX idx_secrets_workspace ON secrets (workspace);
CREATE INDEX idx_endpoints_workspace ON endpoints (workspace);
CREATE INDEX idx_model_definitions_workspace ON model_definitions (workspace);
CREATE INDEX idx_budget_policies_workspace ON budget_policies (workspace);
CREATE INDEX index_issues_experiment_id ON issues (experiment_id);
CREATE INDEX index_issues_source_run_id ON issues (source_run_id);
CREATE INDEX index_issues_status ON issues (status);
CREATE INDEX index_metrics_run_uuid_key_step ON metrics (run_uuid, "key", step);
CREATE INDEX idx_guardrails_workspace ON guardrails (workspace);
CREATE INDEX idx_guardrails_scorer ON guardrails (scorer_id, scorer_version);
CREATE INDEX idx_guardrail_configs_endpoint_id ON guardrail_configs (endpoint_id);
CREATE INDEX idx_guardrail_configs_guardrail_id ON guardrail_configs (guardrail_id);
CREATE INDEX idx_model_version_tags_workspace_name_version ON model_version_tags (workspace, name, version);
CREATE INDEX idx_registered_model_tags_workspace_name ON registered_model_tags (workspace, name);
CREATE INDEX index_label_schemas_experiment_id ON label_schemas (experiment_id);
CREATE INDEX index_review_queues_experiment_id ON review_queues (experiment_id);
CREATE INDEX index_review_queue_users_user_id ON review_queue_users (user_id);
CREATE INDEX index_review_queue_items_queue_id_status ON review_queue_items (queue_id, status);
CREATE INDEX index_review_queue_items_item_id ON review_queue_items (item_id);
CREATE INDEX index_review_queue_label_schemas_schema_id ON review_queue_label_schemas (schema_id);
CREATE INDEX idx_mcp_server_versions_latest ON mcp_server_versions (workspace, name, status, version_major DESC, version_minor DESC, version_patch DESC);
CREATE INDEX ix_mcp_access_endpoints_server_name ON mcp_access_endpoints (workspace, server_name);
CREATE INDEX ix_mcp_access_endpoints_version ON mcp_access_endpoints (workspace, server_name, server_version);
CREATE INDEX ix_mcp_access_endpoints_alias ON mcp_access_endpoints (workspace, server_name, server_alias);
CREATE INDEX idx_budget_policies_target_value ON budget_policies (target_value);
CREATE INDEX index_trace_info_experiment_id_timestamp_ms ON trace_info (experiment_id, timestamp_ms);
CREATE INDEX index_trace_info_timestamp_ms_request_id ON trace_info (timestamp_ms, request_id);
CREATE INDEX index_assessments_assessment_type ON assessments (assessment_type);
CREATE INDEX index_assessments_run_id_created_timestamp ON assessments (run_id, created_timestamp);
CREATE INDEX index_assessments_last_updated_timestamp ON assessments (last_updated_timestamp);
CREATE INDEX index_assessments_trace_id_created_timestamp ON assessments (trace_id, created_timestamp);
CREATE INDEX index_spans_experiment_id_duration ON spans (experiment_id, duration_ns);
CREATE INDEX index_spans_experiment_id_status_type ON spans (experiment_id, status, type);
CREATE INDEX index_spans_experiment_id_start_time ON spans (experiment_id, start_time_unix_nano);
CREATE INDEX index_spans_experiment_id_type_status ON spans (experiment_id, type, status);
CREATE INDEX index_trace_info_experiment_id_session_id ON trace_info (experiment_id, session_id);
CREATE INDEX idx_trace_rollups_lookup ON sql_trace_metric_daily_rollups (experiment_id, rollup_day, metric_name, grouping_set, trace_status);
CREATE INDEX idx_span_cost_rollups_lookup ON sql_span_cost_daily_rollups (experiment_id, rollup_day, metric_name, grouping_set, model_name, model_provider);
CREATE INDEX idx_assessment_rollups_lookup ON sql_assessment_daily_rollups (experiment_id, rollup_day, metric_name, grouping_set);
CREATE INDEX idx_spans_cost_trace_time_cover ON spans (trace_id, start_time_unix_nano);
CREATE INDEX idx_spans_cost_exp_time_cover ON spans (experiment_id, start_time_unix_nano);
CREATE INDEX idx_assessments_exp_trace_ts ON assessments (experiment_id, trace_timestamp_ms);
CREATE INDEX idx_assessments_exp_trace_ts_name ON assessments (experiment_id, trace_timestamp_ms, name);
CREATE INDEX idx_assessments_exp_name_valid ON assessments (experiment_id, name, valid);
CREATE INDEX index_job_locks_job_id ON job_locks (job_id);
CREATE INDEX index_jobs_status_lease_expires_at ON jobs (status, lease_expires_at);
COMMIT;
