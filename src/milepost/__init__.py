"""Milepost: an experiment tracker that speaks MLflow's protocol and is built for speed.

This module is what `import milepost` costs a training script, so it imports next to nothing:
entities live in `milepost.entities`, the server behind `milepost server`.
"""

__version__ = "0.1.0"
