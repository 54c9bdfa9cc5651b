"""Audio to utterance: decoding in memory, speech recognition, and the queue in front of it."""
