// What people say to the device instead of asking something: carried out here, with a word of confirmation.

import { showRemark } from "./notice.js";
import { reader } from "./reader.js";
import { controlReading } from "./reading-controls.js";

/** @typedef {import("./api.js").DeviceCommand} DeviceCommand */

export class VoiceCommands {
  #readLast;
  #sayAgain;

  /**
   * @param {{readLast: () => void, sayAgain: () => void}} parts readLast: read the last reply from its beginning;
   *   sayAgain: open the microphone for the last question anew
   */
  constructor({ readLast, sayAgain }) {
    this.#readLast = readLast;
    this.#sayAgain = sayAgain;
  }

  /** @param {DeviceCommand} command */
  carryOut(command) {
    if (command === "say_again") {
      this.#sayAgain();
      return;
    }
    const remark = controlReading(command);
    // Speaking has interrupted the reading. It goes on, as it was asked to; where it was over, it begins again.
    if (command !== "pause" && command !== "stop" && !reader.resume()) this.#readLast();
    showRemark(remark);
  }
}
