"""Official MLflow clients of four eras, unmodified, against a real Milepost server."""
