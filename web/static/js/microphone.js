// Recording what the citizen says. Knows nothing of the page.

/** @typedef {"insecure" | "unsupported" | "denied" | "missing" | "in_use" | "failed"} MicrophoneProblem */
/**
 * @typedef {object} Recorded
 * @property {Blob} audio
 * @property {number} seconds
 * @property {boolean} silent nothing above the noise of an idle microphone was heard
 */

const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus", "audio/webm", "audio/ogg"];
const LEVEL_EVERY_MS = 50;
// Root mean square of full scale; quiet speech stands above 0.01, an open microphone in a still room below 0.002.
const SILENCE = 0.003;
// Speech stands this much above the pauses within it.
const PAUSE_SHARE = 0.2;
const SPOKEN = 0.015;
const TAIL_MS = 200;
const PCM_MODULE = new URL("./pcm-worklet.js", import.meta.url);

/**
 * @typedef {object} RecordingListener
 * @property {(level: number) => void} onLevel root mean square, 0 to 1
 * @property {() => void} onLost the microphone went away; what was said so far can still be had by `finish`
 * @property {(pcm: ArrayBuffer) => void} onSound a tenth of a second as 16 kHz mono PCM, signed 16 bit; never called where
 *   the browser can't
 */

export class MicrophoneError extends Error {
  /** @param {MicrophoneProblem} problem */
  constructor(problem) {
    super(problem);
    this.name = "MicrophoneError";
    this.problem = problem;
  }
}

/**
 * Why this browser can't record here, or null if it can.
 * @returns {MicrophoneProblem | null}
 */
export function recordingObstacle() {
  if (!window.isSecureContext) return "insecure";
  if (typeof MediaRecorder !== "function" || !navigator.mediaDevices?.getUserMedia) return "unsupported";
  return recordingType() === null ? "unsupported" : null;
}

/** @returns {string | null} */
function recordingType() {
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}

/** @param {unknown} error */
function problemOf(error) {
  const name = error instanceof DOMException ? error.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "missing";
  if (name === "NotReadableError" || name === "AbortError") return "in_use";
  return "failed";
}

/**
 * Have the sound as PCM, where the browser can; the recording doesn't depend on it.
 * @param {AudioContext} context
 * @param {AudioNode} source
 * @param {(pcm: ArrayBuffer) => void} onSound
 */
async function sendPcm(context, source, onSound) {
  try {
    await context.audioWorklet.addModule(PCM_MODULE);
    const sender = new AudioWorkletNode(context, "pcm-sender");
    sender.port.onmessage = (event) => onSound(event.data);
    // Some browsers only run what leads to the loudspeaker; nothing comes out of it.
    source.connect(sender).connect(context.destination);
  } catch {
    // No worklets here, or the recording is over already.
  }
}

/** A running recording. */
export class Recording {
  /** @type {Blob[]} */
  #chunks = [];
  #startedAt = performance.now();
  #loudest = 0;
  #lastLoudAt = performance.now();
  #measured = false;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #meter;
  /** @type {AudioContext | null} */
  #context = null;
  #over = false;
  #stream;
  #recorder;

  /**
   * @param {MediaStream} stream
   * @param {RecordingListener} listener
   */
  constructor(stream, listener) {
    this.#stream = stream;
    this.#recorder = new MediaRecorder(stream, { mimeType: recordingType() ?? "", audioBitsPerSecond: 48_000 });
    this.#recorder.addEventListener("dataavailable", (event) => {
      if (event.data.size > 0) this.#chunks.push(event.data);
    });
    for (const track of stream.getTracks()) {
      track.addEventListener("ended", () => {
        if (!this.#over) listener.onLost();
      });
    }
    // In slices, so that what was said is there even if the microphone goes away.
    this.#recorder.start(1000);
    this.#listen(listener);
  }

  /**
   * Ask for the microphone and start.
   * @param {RecordingListener} listener
   * @returns {Promise<Recording>}
   * @throws {MicrophoneError}
   */
  static async open(listener) {
    const obstacle = recordingObstacle();
    if (obstacle !== null) throw new MicrophoneError(obstacle);
    /** @type {MediaStream | null} */
    let stream = null;
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
      return new Recording(stream, listener);
    } catch (error) {
      stream?.getTracks().forEach((track) => track.stop());
      throw new MicrophoneError(problemOf(error));
    }
  }

  /** Seconds since it started. */
  get seconds() {
    return (performance.now() - this.#startedAt) / 1000;
  }

  /** Seconds since something louder than a pause was heard; 0 until somebody has spoken. */
  get quietFor() {
    return this.spoken ? (performance.now() - this.#lastLoudAt) / 1000 : 0;
  }

  /** Whether something as loud as speech was heard. */
  get spoken() {
    return this.#loudest >= SPOKEN;
  }

  /** @param {RecordingListener} listener */
  #listen({ onLevel, onSound }) {
    if (typeof AudioContext !== "function") return;
    const context = new AudioContext();
    this.#context = context;
    void context.resume();
    const analyser = context.createAnalyser();
    analyser.fftSize = 2048;
    const source = context.createMediaStreamSource(this.#stream);
    source.connect(analyser);
    void sendPcm(context, source, onSound);
    const wave = new Float32Array(analyser.fftSize);
    this.#meter = setInterval(() => {
      if (context.state !== "running") return;
      analyser.getFloatTimeDomainData(wave);
      const level = Math.sqrt(wave.reduce((sum, value) => sum + value * value, 0) / wave.length);
      this.#loudest = Math.max(this.#loudest, level);
      if (level > this.#loudest * PAUSE_SHARE) this.#lastLoudAt = performance.now();
      this.#measured = true;
      onLevel(level);
    }, LEVEL_EVERY_MS);
  }

  /**
   * Stop after a breath (the last syllable is often still on its way) and hand over what was said.
   * @returns {Promise<Recorded>}
   */
  async finish() {
    const seconds = this.seconds;
    this.#over = true;
    if (this.#recorder.state !== "inactive") await this.#stopAfterTail();
    this.#release();
    const audio = new Blob(this.#chunks, { type: this.#recorder.mimeType || recordingType() || "audio/webm" });
    return { audio, seconds, silent: this.#measured && this.#loudest < SILENCE };
  }

  /** A track that ends meanwhile stops the recorder by itself. */
  async #stopAfterTail() {
    const stopped = new Promise((resolve) => this.#recorder.addEventListener("stop", resolve, { once: true }));
    await new Promise((resolve) => setTimeout(resolve, TAIL_MS));
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
    await stopped;
  }

  /** Stop and throw away what was said. */
  cancel() {
    this.#over = true;
    if (this.#recorder.state !== "inactive") this.#recorder.stop();
    this.#release();
    this.#chunks = [];
  }

  #release() {
    clearInterval(this.#meter);
    void this.#context?.close();
    this.#context = null;
    this.#stream.getTracks().forEach((track) => track.stop());
  }
}
