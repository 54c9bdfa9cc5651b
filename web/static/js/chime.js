// A short tone that says: now it is your turn. Sound, and a shake where the device can.

const LASTS_S = 0.18;

/** Resolves when it has faded, so that the microphone doesn't hear it. */
export async function chime() {
  navigator.vibrate?.([60, 60, 60]);
  if (typeof AudioContext !== "function") return;
  const context = new AudioContext();
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.setValueAtTime(660, 0);
  tone.frequency.setValueAtTime(880, context.currentTime + LASTS_S / 2);
  volume.gain.setValueAtTime(0.25, context.currentTime);
  volume.gain.linearRampToValueAtTime(0, context.currentTime + LASTS_S);
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + LASTS_S);
  await new Promise((resolve) => setTimeout(resolve, LASTS_S * 1000 + 70));
  await context.close();
}
