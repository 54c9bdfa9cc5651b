// Runs in the audio thread: what the microphone hears as 16 kHz mono PCM (signed 16 bit, little endian), 100 ms a message.
// Loaded by microphone.js as an AudioWorklet module; imports nothing.

const RATE = 16_000;
const FRAME = RATE / 10;
// Zero crossings of the filter on either side, and how finely its shape is tabled.
const REACH = 8;
const PHASES = 64;
// Below half the new rate, so that nothing is folded back into what is heard.
const PASS = 0.92;

class PcmSender extends AudioWorkletProcessor {
  /** Samples of the old rate for one of the new. */
  #step = sampleRate / RATE;
  #half = Math.ceil(REACH * Math.max(1, this.#step));
  #taps = lowPass(this.#step, this.#half);
  /** @type {Float32Array} */
  #waiting = new Float32Array(this.#half);
  /** Where in `#waiting` the next sample lies. */
  #at = this.#half;
  #frame = new Int16Array(FRAME);
  #filled = 0;

  /**
   * @param {Float32Array[][]} inputs
   * @returns {boolean} go on
   */
  process(inputs) {
    const heard = inputs[0]?.[0];
    if (heard === undefined) return true;
    const waiting = new Float32Array(this.#waiting.length + heard.length);
    waiting.set(this.#waiting);
    waiting.set(heard, this.#waiting.length);
    while (this.#at + this.#half < waiting.length) {
      this.#push(this.#sampleAt(waiting));
      this.#at += this.#step;
    }
    const done = Math.max(0, Math.floor(this.#at) - this.#half);
    this.#waiting = waiting.slice(done);
    this.#at -= done;
    return true;
  }

  /** @param {Float32Array} waiting */
  #sampleAt(waiting) {
    const first = Math.floor(this.#at) - this.#half + 1;
    const taps = this.#taps[Math.floor((this.#at % 1) * PHASES)] ?? [];
    let sum = 0;
    for (let tap = 0; tap < taps.length; tap += 1) sum += (waiting[first + tap] ?? 0) * (taps[tap] ?? 0);
    return sum;
  }

  /** @param {number} sample */
  #push(sample) {
    this.#frame[this.#filled] = Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_767)));
    this.#filled += 1;
    if (this.#filled < FRAME) return;
    this.port.postMessage(this.#frame.buffer, [this.#frame.buffer]);
    this.#frame = new Int16Array(FRAME);
    this.#filled = 0;
  }
}

/**
 * A windowed sinc for each phase between two samples of the old rate.
 * @param {number} step
 * @param {number} half taps on either side
 * @returns {Float32Array[]} each sums up to one
 */
function lowPass(step, half) {
  const cutoff = PASS / Math.max(1, step);
  return Array.from({ length: PHASES }, (_, phase) => {
    const taps = Float32Array.from({ length: 2 * half }, (__, tap) => {
      const distance = tap - half + 1 - phase / PHASES;
      const x = Math.PI * cutoff * distance;
      const sinc = x === 0 ? 1 : Math.sin(x) / x;
      return sinc * (0.5 + 0.5 * Math.cos((Math.PI * distance) / (half + 1)));
    });
    const sum = taps.reduce((total, tap) => total + tap, 0);
    return taps.map((tap) => tap / sum);
  });
}

registerProcessor("pcm-sender", PcmSender);
