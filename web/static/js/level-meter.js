// The moving bars that show that Maru hears something.

const BARS = 32;

export class LevelMeter {
  /** @type {number[]} */
  #levels = new Array(BARS).fill(0);
  /** @type {HTMLElement[]} */
  #bars;
  #still = window.matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {HTMLElement} place */
  constructor(place) {
    this.#bars = this.#levels.map(() => document.createElement("span"));
    place.replaceChildren(...this.#bars);
  }

  /** @param {number} level root mean square, 0 to 1 */
  push(level) {
    // Loudness is heard by its logarithm: -50 dB is the bottom of the meter, -12 dB its top.
    const shown = Math.min(1, Math.max(0, (20 * Math.log10(level + 1e-6) + 50) / 38));
    if (this.#still.matches) {
      const full = Math.round(shown * BARS);
      this.#levels.fill(1, 0, full).fill(0, full);
    } else {
      this.#levels = [...this.#levels.slice(1), shown];
    }
    this.#show();
  }

  /** Back to nothing heard. */
  clear() {
    this.#levels.fill(0);
    this.#show();
  }

  #show() {
    this.#bars.forEach((bar, index) => bar.style.setProperty("--level", (this.#levels[index] ?? 0).toFixed(2)));
  }
}
