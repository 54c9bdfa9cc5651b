// Lengths of recordings as people read them.

/**
 * @param {number} seconds
 * @returns {string} such as 0:07
 */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
