"""Writes event files of all kinds with tensorboardX, in its environment, into a folder."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from tensorboardX import SummaryWriter
from tensorboardX.proto.event_pb2 import Event
from tensorboardX.proto.summary_pb2 import Summary
from tensorboardX.proto.tensor_pb2 import TensorProto
from tensorboardX.proto.tensor_shape_pb2 import TensorShapeProto

top = Path(sys.argv[1])
BEGIN = 1_700_000_000.0
FLOAT, DOUBLE, INT64, HALF, BFLOAT16 = 1, 2, 9, 19, 14

with SummaryWriter(str(top / "train")) as writer:
    for step in range(100):
        writer.add_scalar("loss/train", 1 / (step + 1), step, walltime=BEGIN + step)
    for step, value in enumerate((float("nan"), float("inf"), float("-inf"), -0.0)):
        writer.add_scalar("odd", value, step * 10, walltime=BEGIN)
    writer.add_scalar("learning rate (adam)", 0.125, 7, walltime=BEGIN)
    writer.add_image("samples", np.zeros((3, 4, 5), dtype=np.uint8), 3, walltime=BEGIN)
    writer.add_text("notes", "It *works*", 1, walltime=BEGIN)
    writer.add_histogram("weights", np.arange(10.0), 1, walltime=BEGIN)

# TensorFlow 2 writes scalars as tensors: in bytes, or number by number.
with SummaryWriter(str(top / "eval" / "tensors")) as writer:
    shapes = {
        "content": TensorProto(dtype=FLOAT, tensor_content=np.float32(0.25).tobytes()),
        "listed": TensorProto(dtype=DOUBLE, double_val=[0.1]),
        "integer": TensorProto(dtype=INT64, int64_val=[2**40]),
        "half": TensorProto(dtype=HALF, half_val=[int(np.float16(1.5).view(np.uint16))]),
        "bfloat": TensorProto(dtype=BFLOAT16, half_val=[0x3FC0]),
        "zero": TensorProto(dtype=FLOAT),
        "rate (adam)": TensorProto(dtype=FLOAT, float_val=[0.125]),
        "vector": TensorProto(
            dtype=FLOAT, float_val=[1, 2],
            tensor_shape=TensorShapeProto(dim=[TensorShapeProto.Dim(size=2)]),
        ),
    }  # fmt: skip
    for tag, tensor in shapes.items():
        value = Summary.Value(tag=tag, tensor=tensor)
        value.metadata.plugin_data.plugin_name = "scalars"
        event = Event(wall_time=BEGIN, step=5, summary=Summary(value=[value]))
        writer.file_writer.event_writer.add_event(event)

with SummaryWriter(str(top / "sweep")) as writer:
    writer.add_hparams(
        {"lr": 0.1, "layers": 3, "use_bias": True, "optimizer": "adam"}, {"accuracy": 0.875}, "one"
    )
