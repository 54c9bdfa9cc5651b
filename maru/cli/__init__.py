"""The command line ``maru``: one module a command group; output formats are a contract (``docs/cli.md``)."""
