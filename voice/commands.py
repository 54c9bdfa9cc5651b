"""What may be said to the device instead of asking something, and the plain yes and no.

``DEVICE_COMMANDS`` are carried out by whatever reads the answer aloud; ``yes`` and ``no`` go on to the dialogue.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

DeviceCommand = Literal["again", "slower", "faster", "louder", "quieter", "pause", "resume", "stop", "say_again"]
Command = DeviceCommand | Literal["yes", "no"]
Expecting = Literal["yes_no", "choice"]
"""What the last reply asked for, so that a short word is heard as what it most likely is."""

DEVICE_COMMANDS: Final[tuple[DeviceCommand, ...]] = get_args(DeviceCommand)
