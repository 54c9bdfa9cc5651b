"""Stands in for ``bot.serve``: says what it was told, then listens."""

import json
import os
import socket
import sys
import threading

told = {name: value for name, value in os.environ.items() if name.startswith("MARU_")}
print(json.dumps({"arguments": sys.argv[1:], "environment": told}), flush=True)
listener = socket.create_server(("127.0.0.1", int(os.environ["MARU_RASA_PORT"])))
threading.Event().wait()
