"""The machine's own metrics, logged beside a run's: processor, memory, disk, network, NVIDIA GPUs.

One thread a run samples, every 10 seconds unless it is set otherwise, and logs as the script does.
Whatever goes wrong in it ends in one line on stderr, never in the script. psutil and nvidia-ml-py
(`pip install 'milepost[system]'`) are loaded when it starts.
"""

from __future__ import annotations

import functools
import os
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any

from milepost.client.sender import METRIC, Sender
from milepost.client.settings import setting
from milepost.client.values import now_ms
from milepost.exceptions import MlflowException

PREFIX = "system/"
INTERVAL_S = 10.0
INTERVAL_MIN_S = 0.1
SAMPLES = 1
MEGABYTE = 1e6
NVIDIA_PLACES = ("/proc/driver/nvidia", "/dev/nvidiactl")
TRUE = ("1", "true", "yes", "on")

Sample = dict[str, float]

_enabled: bool | None = None
_interval_s: float | None = None
_samples: int | None = None
_node_id: str | None = None


def enable_system_metrics_logging() -> None:
    """Log the machine's metrics with every run, unless `start_run` says otherwise."""
    global _enabled
    _enabled = True


def disable_system_metrics_logging() -> None:
    """Log them only with the runs whose `start_run` asks for it."""
    global _enabled
    _enabled = False


def set_system_metrics_sampling_interval(interval: float | None) -> None:
    """Seconds between two samples, at least 0.1; None for the default, 10."""
    global _interval_s
    _interval_s = None if interval is None else checked_interval(interval)


def set_system_metrics_samples_before_logging(samples: int | None) -> None:
    """How many samples make one logged mean; None for the default, 1."""
    global _samples
    _samples = None if samples is None else checked_samples(samples)


def set_system_metrics_node_id(node_id: str | None) -> None:
    """Put the machine's name into the keys: `system/<node_id>/…`."""
    global _node_id
    _node_id = None if node_id is None else str(node_id)


def checked_interval(interval: Any) -> float:
    try:
        found = float(interval)
    except (TypeError, ValueError):
        found = 0.0
    if not INTERVAL_MIN_S <= found < float("inf"):
        raise MlflowException(
            f"The sampling interval of system metrics is {interval!r}; it must be a number of"
            f" seconds from {INTERVAL_MIN_S} on.",
            "INVALID_PARAMETER_VALUE",
        )
    return found


def checked_samples(samples: Any) -> int:
    try:
        found = int(samples)
    except (TypeError, ValueError):
        found = 0
    if found < 1:
        raise MlflowException(
            f"The number of samples before logging is {samples!r}; it must be 1 or more.",
            "INVALID_PARAMETER_VALUE",
        )
    return found


def is_wanted(log_system_metrics: bool | None) -> bool:
    """What `start_run` says, else what was enabled, else the environment."""
    if log_system_metrics is not None:
        return log_system_metrics
    if _enabled is not None:
        return _enabled
    return (setting("ENABLE_SYSTEM_METRICS_LOGGING") or "").lower() in TRUE


class Sampler:
    """Samples for one run from `start` to `stop`."""

    def __init__(self, sender: Sender, run_id: str, metrics: Any = ()) -> None:
        """`metrics` are the run's so far: a run that is taken up again counts on."""
        self._sender = sender
        self._run_id = run_id
        self._interval_s = _interval_s or checked_interval(
            setting("SYSTEM_METRICS_SAMPLING_INTERVAL") or INTERVAL_S
        )
        self._samples = _samples or checked_samples(
            setting("SYSTEM_METRICS_SAMPLES_BEFORE_LOGGING") or SAMPLES
        )
        node = _node_id or setting("SYSTEM_METRICS_NODE_ID")
        self._prefix = f"{PREFIX}{node}/" if node else PREFIX
        steps = [one.step for one in metrics if one.key.startswith(self._prefix)]
        self._step = max(steps) + 1 if steps else 0
        self._stopping = threading.Event()
        self._thread = threading.Thread(
            target=self._work, name="milepost-system-metrics", daemon=True
        )

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(2 * self._interval_s)

    def _work(self) -> None:
        try:
            sources = [*machine_sources(), *gpu_sources()]
            gathered: list[Sample] = []
            while not self._stopping.wait(self._interval_s):
                sample: Sample = {}
                for source in sources:
                    sample.update(source())
                gathered.append(sample)
                if len(gathered) >= self._samples:
                    self._log(gathered)
                    gathered = []
        except Exception as error:  # a training loop goes on
            tell(f"No system metrics from now on: {error}")

    def _log(self, gathered: list[Sample]) -> None:
        at = now_ms()
        for key in gathered[-1]:
            values = [sample[key] for sample in gathered if key in sample]
            mean = sum(values) / len(values)
            self._sender.put((METRIC, self._run_id, self._prefix + key, mean, at, self._step))
        self._step += 1


def machine_sources() -> list[Callable[[], Sample]]:
    try:
        import psutil
    except ImportError as error:
        raise MlflowException("psutil is missing: pip install 'milepost[system]'") from error
    psutil.cpu_percent()  # the next one is measured from here
    began = psutil.net_io_counters()

    def machine() -> Sample:
        memory, disk = psutil.virtual_memory(), psutil.disk_usage(os.sep)
        found = {
            "cpu_utilization_percentage": psutil.cpu_percent(),
            "system_memory_usage_megabytes": memory.used / MEGABYTE,
            "system_memory_usage_percentage": memory.percent,
            "disk_usage_percentage": disk.percent,
            "disk_usage_megabytes": disk.used / MEGABYTE,
            "disk_available_megabytes": disk.free / MEGABYTE,
        }
        now = psutil.net_io_counters()
        if now is not None and began is not None:  # a container may have no network
            found["network_receive_megabytes"] = (now.bytes_recv - began.bytes_recv) / MEGABYTE
            found["network_transmit_megabytes"] = (now.bytes_sent - began.bytes_sent) / MEGABYTE
        return found

    return [machine]


def gpu_sources() -> list[Callable[[], Sample]]:
    """One for each GPU that this process may use; a GPU that is left out is told, and why."""
    try:
        import pynvml as nvml
    except ImportError:
        if is_gpu_expected():
            tell("GPUs are left out: nvidia-ml-py is missing (pip install 'milepost[system]').")
        return []
    try:
        nvml.nvmlInit()
        devices = [nvml.nvmlDeviceGetHandleByIndex(n) for n in range(nvml.nvmlDeviceGetCount())]
        ids = [str(nvml.nvmlDeviceGetUUID(device)) for device in devices]
    except nvml.NVMLError as error:
        if is_gpu_expected():
            tell(f"GPUs are left out: {error}.")
        return []
    found: list[Callable[[], Sample]] = []
    visible, unknown = visible_devices(ids, os.environ)
    for name in unknown:
        tell(f"GPU {name!r} is left out: CUDA_VISIBLE_DEVICES names it, and it is not here.")
    for number in visible:
        try:
            gpu_sample(nvml, devices[number], number)
        except nvml.NVMLError as error:
            tell(f"GPU {number} is left out: {error}.")
            continue
        found.append(functools.partial(gpu_sample, nvml, devices[number], number))
    return found


def is_gpu_expected() -> bool:
    """Whether this machine or its user speaks of an NVIDIA GPU; else its absence is no news."""
    return os.environ.get("CUDA_VISIBLE_DEVICES", "") not in ("", "-1") or any(
        os.path.exists(place) for place in NVIDIA_PLACES
    )


def visible_devices(ids: list[str], environment: Mapping[str, str]) -> tuple[list[int], list[str]]:
    """The numbers of the devices that CUDA shows to this process, and the names it does not know.

    `ids` are the UUIDs of the machine's devices. As CUDA does, what follows an unknown name is
    not seen either.
    """
    text = environment.get("CUDA_VISIBLE_DEVICES")
    if text is None:
        return list(range(len(ids))), []
    found: list[int] = []
    for name in filter(None, (part.strip() for part in text.split(","))):
        if name.isdecimal() and int(name) < len(ids):
            found.append(int(name))
            continue
        matching = [n for n, id in enumerate(ids) if id.startswith(name)]
        if len(matching) != 1:
            return found, [] if name.startswith("-") else [name]
        found += matching
    return found, []


def gpu_sample(nvml: Any, device: Any, number: int) -> Sample:
    memory = nvml.nvmlDeviceGetMemoryInfo(device)
    key = f"gpu_{number}_"
    found = {
        f"{key}memory_usage_percentage": round(memory.used / memory.total * 100, 1),
        f"{key}memory_usage_megabytes": memory.used / MEGABYTE,
        f"{key}utilization_percentage": float(nvml.nvmlDeviceGetUtilizationRates(device).gpu),
    }
    try:
        watts = nvml.nvmlDeviceGetPowerUsage(device) / 1000
        limit = nvml.nvmlDeviceGetEnforcedPowerLimit(device) / 1000
        found[f"{key}power_usage_watts"] = watts
        found[f"{key}power_usage_percentage"] = watts / limit * 100
    except nvml.NVMLError:
        pass  # many cards do not say
    return found


def tell(text: str) -> None:
    sys.stderr.write(f"milepost: {text}\n")


__all__ = [
    "disable_system_metrics_logging",
    "enable_system_metrics_logging",
    "set_system_metrics_node_id",
    "set_system_metrics_samples_before_logging",
    "set_system_metrics_sampling_interval",
]
