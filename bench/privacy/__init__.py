"""Benchmark of the scrubber on the shared development sentences."""
