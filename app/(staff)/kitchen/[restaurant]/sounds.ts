import type { WallSound } from '@/domain/wall-sounds'

/** Each sound as tones: `[from, to, hertz]`, seconds from its beginning. Told apart by their shape, not by loudness. */
const TONES: Record<WallSound, readonly (readonly [from: number, to: number, hertz: number])[]> = {
  new: [
    [0, 0.16, 660],
    [0.18, 0.5, 990],
  ],
  changed: [
    [0, 0.12, 780],
    [0.18, 0.3, 780],
    [0.36, 0.48, 780],
  ],
  cancelled: [
    [0, 0.22, 520],
    [0.24, 0.46, 390],
    [0.48, 0.9, 290],
  ],
}

const LOUDNESS = 0.5
/** Seconds in which a tone swells and fades: one that is cut off clicks. */
const FADE = 0.015

/** Plays a sound at once. One that starts while others play joins them. */
export function playSound(audio: AudioContext, sound: WallSound): void {
  const begin = audio.currentTime + 0.02
  for (const [from, to, hertz] of TONES[sound]) {
    const tone = new OscillatorNode(audio, { type: 'triangle', frequency: hertz })
    const volume = new GainNode(audio, { gain: 0 })
    volume.gain.setValueAtTime(0, begin + from)
    volume.gain.linearRampToValueAtTime(LOUDNESS, begin + from + FADE)
    volume.gain.setValueAtTime(LOUDNESS, begin + to - FADE)
    volume.gain.linearRampToValueAtTime(0, begin + to)
    tone.connect(volume).connect(audio.destination)
    tone.start(begin + from)
    tone.stop(begin + to)
  }
}
