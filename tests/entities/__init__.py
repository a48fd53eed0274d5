"""Tests of `milepost.entities`: by fact, by recording of mlflow 0.8.2, by property."""
