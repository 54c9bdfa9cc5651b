"""FAQ files: the seeds' YAML, and JSONL, CSV and XLSX both ways."""
