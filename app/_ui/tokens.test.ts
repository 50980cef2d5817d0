import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('../globals.css', import.meta.url), 'utf8')

/** `--name: light-dark(oklch(…), oklch(…))` as the two colours. */
const tokens = new Map(
  [...css.matchAll(/--([a-z-]+): light-dark\(oklch\(([^)/]+)\), oklch\(([^)/]+)\)\)/g)].map((match) => [
    String(match[1]),
    { day: luminance(String(match[2])), night: luminance(String(match[3])) },
  ]),
)

/** OKLCH to relative luminance; matrices from https://bottosson.github.io/posts/oklab/, weights from WCAG 2.2. */
function luminance(oklch: string): number {
  const [lightness = 0, chroma = 0, hue = 0] = oklch.split(' ').map(Number)
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const clamp = (value: number) => Math.min(1, Math.max(0, value))
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s)
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(front: string, back: string, theme: 'day' | 'night'): number {
  const [one, other] = [tokens.get(front)?.[theme], tokens.get(back)?.[theme]]
  if (one === undefined || other === undefined) throw new Error(`No token --${front} or --${back}`)
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

const WORDS = ['ink', 'muted', 'accent', 'amber', 'red', 'blue', 'green']
const GROUNDS = ['paper', 'surface', 'wash']

describe('colour tokens', () => {
  test.each(GROUNDS)('words on %s have 4.5:1 by day and by night', (ground) => {
    for (const word of WORDS) {
      expect(contrast(word, ground, 'day'), `${word} by day`).toBeGreaterThanOrEqual(4.5)
      expect(contrast(word, ground, 'night'), `${word} by night`).toBeGreaterThanOrEqual(4.5)
    }
  })

  test.each(['paper', 'surface'])('words on %s have 7:1 by night, for the wall', (ground) => {
    for (const word of WORDS) expect(contrast(word, ground, 'night'), word).toBeGreaterThanOrEqual(7)
  })

  test.each(['amber', 'red', 'blue', 'green'])(
    'paper-coloured words on a field of %s can be read',
    (field) => {
      expect(contrast('paper', field, 'day')).toBeGreaterThanOrEqual(4.5)
      expect(contrast('paper', field, 'night')).toBeGreaterThanOrEqual(7)
    },
  )

  test('the primary button and the edges of controls can be seen', () => {
    for (const theme of ['day', 'night'] as const) {
      expect(contrast('accent-ink', 'accent', theme)).toBeGreaterThanOrEqual(4.5)
      for (const ground of GROUNDS) expect(contrast('edge', ground, theme)).toBeGreaterThanOrEqual(3)
    }
  })
})
