// The server's voice, for a kiosk whose browser has none. It says a whole reply at once.

/** @typedef {import("./reader.js").Speaker} Speaker */
/** @typedef {import("./reader.js").Words} Words */
/** @typedef {import("./reader.js").Manner} Manner */
/** @typedef {import("./reader.js").PieceListener} PieceListener */

/** @implements {Speaker} */
export class ServerSpeaker {
  whole = true;
  #fetchSound;
  #audio = new Audio();
  /** Counts what was asked for, so that sound which comes late isn't heard. */
  #asked = 0;
  #silent = false;
  #paused = false;

  /** @param {(turnId: string) => Promise<Blob>} fetchSound of one of the session's last replies */
  constructor(fetchSound) {
    this.#fetchSound = fetchSound;
  }

  /** @param {Words} words */
  async can({ turnId }) {
    return turnId !== undefined && !this.#silent;
  }

  /**
   * @param {Words} words
   * @param {Manner} manner
   * @param {PieceListener} listener
   */
  speak({ turnId = "" }, manner, { onEnd, onError, onProgress }) {
    const asked = ++this.#asked;
    this.#paused = false;
    const audio = this.#audio;
    audio.onended = onEnd;
    audio.ontimeupdate = () => onProgress?.(audio.currentTime / (audio.duration || 1));
    this.#fetchSound(turnId)
      .then(async (sound) => {
        if (asked !== this.#asked) return;
        audio.src = URL.createObjectURL(sound);
        this.adjust(manner);
        if (!this.#paused) await audio.play();
      })
      .catch((error) => {
        if (asked !== this.#asked) return;
        this.#silent = error?.code === "synthesis_unavailable";
        onError();
      });
  }

  /** @param {Manner} manner */
  adjust({ rate, volume }) {
    this.#audio.playbackRate = rate;
    this.#audio.volume = volume;
  }

  pause() {
    this.#paused = true;
    this.#audio.pause();
  }

  resume() {
    this.#paused = false;
    if (this.#audio.src) void this.#audio.play();
  }

  cancel() {
    this.#asked += 1;
    this.#audio.pause();
    if (this.#audio.src) URL.revokeObjectURL(this.#audio.src);
    this.#audio.removeAttribute("src");
  }
}
