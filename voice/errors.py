"""What can go wrong between a recording and its text; each error has a stable ``code`` for the API."""

from __future__ import annotations


class VoiceError(Exception):
    """Base of the errors of this package. The message is for developers and never holds what was said."""

    code = "voice_error"


class AudioError(VoiceError):
    """The recording cannot be used; the fault lies with what was sent."""

    code = "audio_error"


class AudioEmpty(AudioError):
    """No bytes were sent, or the container holds not a single sample."""

    code = "audio_empty"


class AudioTooLarge(AudioError):
    """More bytes than ``Settings.max_audio_bytes``."""

    code = "audio_too_large"


class AudioTooLong(AudioError):
    """Decodes to more seconds than ``Settings.max_audio_s``."""

    code = "audio_too_long"


class AudioUnreadable(AudioError):
    """Less than 0.3 s of sound could be decoded: another kind of file, a damaged one, or one cut off at once."""

    code = "audio_unreadable"


class SpeechError(VoiceError):
    """The recording was fine but recognition could not serve it."""

    code = "speech_error"


class SpeechBusy(SpeechError):
    """Every waiting place is taken, or the service is shutting down; asking again shortly makes sense."""

    code = "speech_busy"


class SpeechTimeout(SpeechError):
    """Recognition took longer than ``Settings.speech_timeout_s``, waiting included."""

    code = "speech_timeout"


class SynthesisError(VoiceError):
    """A text could not be turned into sound."""

    code = "synthesis_failed"


class SynthesisUnavailable(SynthesisError):
    """No synthesiser is installed, or none for this language."""

    code = "synthesis_unavailable"


class SynthesisBusy(SynthesisError):
    """Every waiting place is taken."""

    code = "synthesis_busy"


class ModelFileMissing(VoiceError):
    """A file of the speech model is not where it should be."""

    code = "model_file_missing"


class ModelFileCorrupt(VoiceError):
    """A file of the speech model is not the pinned one."""

    code = "model_file_corrupt"
