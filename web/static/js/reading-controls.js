// What can be asked of the reader, by button or by voice, and what is said about it.

import { reader } from "./reader.js";
import { stepSetting } from "./settings.js";

/** @typedef {import("./api.js").DeviceCommand} DeviceCommand */
/** @typedef {Exclude<DeviceCommand, "say_again">} ReadingCommand */

/**
 * Carry a command out on what is being read. Speed and volume are remembered for whatever is read next.
 * @param {ReadingCommand} command
 * @returns {string} the key of the wording that confirms it
 */
export function controlReading(command) {
  if (reader.state === "idle" && (command === "pause" || command === "stop")) return "reading.nothing_said";
  switch (command) {
    case "again":
      reader.again();
      return "reading.again_said";
    case "resume":
      reader.resume();
      return "reading.resume_said";
    case "pause":
      reader.pause();
      return "reading.pause_said";
    case "stop":
      reader.stop();
      return "reading.stop_said";
    case "slower":
      return stepSetting("speed", -1) ? "reading.slower_said" : "reading.slowest_said";
    case "faster":
      return stepSetting("speed", 1) ? "reading.faster_said" : "reading.fastest_said";
    case "louder":
      return stepSetting("volume", 1) ? "reading.louder_said" : "reading.loudest_said";
    case "quieter":
      return stepSetting("volume", -1) ? "reading.quieter_said" : "reading.quietest_said";
  }
}
