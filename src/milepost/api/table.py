"""The handler of each rpc; where it is served and who may call it is in the contract."""

from __future__ import annotations

from milepost.api import experiments, inputs, legacy, metrics, runs, server
from milepost.api.context import Handler

HANDLERS: dict[str, Handler] = {
    handler.__name__: handler
    for handler in (
        experiments.create_experiment,
        experiments.delete_experiment,
        experiments.delete_experiment_tag,
        experiments.get_experiment,
        experiments.get_experiment_by_name,
        experiments.restore_experiment,
        experiments.search_experiments,
        experiments.set_experiment_tag,
        experiments.update_experiment,
        inputs.log_inputs,
        inputs.log_outputs,
        inputs.search_datasets,
        legacy.legacy_create_run,
        legacy.legacy_get_experiment,
        legacy.legacy_get_metric,
        legacy.legacy_get_metric_history,
        legacy.legacy_get_param,
        legacy.legacy_get_run,
        legacy.legacy_list_experiments,
        legacy.legacy_log_batch,
        legacy.legacy_log_metric,
        legacy.legacy_search_runs,
        legacy.legacy_update_run,
        metrics.get_metric_aggregates,
        metrics.get_metric_history,
        metrics.get_metric_history_bulk,
        metrics.get_metric_history_bulk_interval,
        metrics.log_batch,
        metrics.log_metric,
        runs.create_run,
        runs.delete_run,
        runs.delete_tag,
        runs.get_run,
        runs.log_model,
        runs.log_param,
        runs.restore_run,
        runs.search_runs,
        runs.set_tag,
        runs.update_run,
        server.server_info,
    )
}
