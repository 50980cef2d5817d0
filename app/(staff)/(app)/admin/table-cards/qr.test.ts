import fc from 'fast-check'
import { expect, it } from 'vitest'
import { qrCode } from './qr'

/** Error correction M by version: codewords of correction a block, then [blocks, codewords of data in each] (ISO/IEC 18004, table 9). */
const BLOCKS: Record<number, [correction: number, ...groups: [number, number][]]> = {
  1: [10, [1, 16]],
  2: [16, [1, 28]],
  3: [26, [1, 44]],
  4: [18, [2, 32]],
  5: [24, [2, 43]],
  6: [16, [4, 27]],
  7: [18, [4, 31]],
  8: [22, [2, 38], [2, 39]],
  9: [22, [3, 36], [2, 37]],
}

/** Centres of the alignment patterns by version (table E.1). */
const CENTRES: Record<number, number[]> = {
  1: [],
  2: [6, 18],
  3: [6, 22],
  4: [6, 26],
  5: [6, 30],
  6: [6, 34],
  7: [6, 22, 38],
  8: [6, 24, 42],
  9: [6, 26, 46],
}

const MASKS: ((y: number, x: number) => boolean)[] = [
  (y, x) => (y + x) % 2 === 0,
  (y) => y % 2 === 0,
  (_, x) => x % 3 === 0,
  (y, x) => (y + x) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (y, x) => ((y * x) % 2) + ((y * x) % 3) === 0,
  (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2 === 0,
  (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2 === 0,
]

/** What a camera sees: the modules that the path paints dark. */
function paint(path: string, size: number): boolean[][] {
  const grid = Array.from({ length: size }, () => Array<boolean>(size).fill(false))
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let n = 0; n < Number(length); n++) (grid[Number(y)] ?? [])[Number(x) + n] = true
  return grid
}

/** Reads a code as a scanner does, without knowing how it was made. Throws where the norm is broken. */
function scan({ path, size }: { path: string; size: number }): string {
  const painted = paint(path, size)
  const isQuiet = (at: number) => at < 4 || at >= size - 4
  expect(painted.flatMap((row, y) => row.filter((dark, x) => dark && (isQuiet(x) || isQuiet(y))))).toEqual([])
  const grid = painted.slice(4, -4).map((row) => row.slice(4, -4))
  const dark = (y: number, x: number) => grid[y]?.[x] === true
  const version = (grid.length - 17) / 4
  const last = grid.length - 1

  // The level and the mask stand beside the upper left finder, under a mask of their own.
  const places = [0, 1, 2, 3, 4, 5, 7, 8].map((x) => [8, x] as const)
  const format = [...places, ...[7, 5, 4, 3, 2, 1, 0].map((y) => [y, 8] as const)]
  const bits = format.reduce((value, [y, x]) => value * 2 + Number(dark(y, x)), 0) ^ 0x5412
  expect(bits >> 13, 'error correction M').toBe(0)
  const mask = MASKS[(bits >> 10) & 7] ?? expect.fail()

  const centres = CENTRES[version] ?? expect.fail(`version ${version}`)
  const isFinder = (y: number, x: number) =>
    (y < 9 && x < 9) || (y < 9 && x > last - 8) || (y > last - 8 && x < 9)
  const near = (at: number, centre: number) => Math.abs(at - centre) <= 2
  const isAlignment = (y: number, x: number) =>
    centres.some((cy) => centres.some((cx) => near(y, cy) && near(x, cx) && !isFinder(cy, cx)))
  const isVersion = (y: number, x: number) =>
    version >= 7 && ((y < 6 && x > last - 11) || (x < 6 && y > last - 11))
  const isFunction = (y: number, x: number) =>
    isFinder(y, x) || y === 6 || x === 6 || isAlignment(y, x) || isVersion(y, x)

  const stream: number[] = []
  for (let right = last, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right--
    for (let n = 0; n <= last; n++)
      for (const x of [right, right - 1]) {
        const y = up ? last - n : n
        if (!isFunction(y, x)) stream.push(Number(dark(y, x) !== mask(y, x)))
      }
  }
  const words = Array.from({ length: Math.floor(stream.length / 8) }, (_, n) =>
    stream.slice(n * 8, n * 8 + 8).reduce((value, bit) => value * 2 + bit, 0),
  )
  const data = blocksOf(words, version).flat()
  const text = data.flatMap((word) => [...word.toString(2).padStart(8, '0')]).join('')
  expect(text.slice(0, 4), 'bytes').toBe('0100')
  const length = Number.parseInt(text.slice(4, 12), 2)
  const bytes = Array.from({ length }, (_, n) => Number.parseInt(text.slice(12 + n * 8, 20 + n * 8), 2))
  return new TextDecoder().decode(Uint8Array.from(bytes))
}

/** The data of each block, after its Reed-Solomon correction was found to fit. */
function blocksOf(words: readonly number[], version: number): number[][] {
  const [correction, ...groups] = BLOCKS[version] ?? expect.fail()
  const lengths = groups.flatMap(([count, length]) => Array<number>(count).fill(length))
  const blocks = lengths.map((): number[] => [])
  let at = 0
  const deal = (count: number, wants: (block: number, n: number) => boolean) => {
    for (let n = 0; n < count; n++)
      for (const [block, held] of blocks.entries())
        if (wants(block, n)) held.push(words[at++] ?? expect.fail())
  }
  deal(Math.max(...lengths), (block, n) => n < (lengths[block] ?? 0))
  deal(correction, () => true)
  const roots = POWERS.slice(0, correction)
  const syndromes = blocks.flatMap((block) =>
    roots.map((root) => block.reduce((sum, word) => times(sum, root) ^ word, 0)),
  )
  expect(Math.max(...syndromes), 'the correction fits').toBe(0)
  return blocks.map((block, n) => block.slice(0, lengths[n]))
}

/** In the field of 256 that the norm uses. */
function times(one: number, other: number): number {
  let product = 0
  for (let a = one, b = other; b > 0; b >>= 1) {
    if (b & 1) product ^= a
    a = a & 0x80 ? (a << 1) ^ 0x11d : a << 1
  }
  return product
}

const POWERS = [1]
while (POWERS.length < 30) POWERS.push(times(2, POWERS.at(-1) ?? 0))

it('is read back as the address, by a reader that follows the norm', () => {
  expect(scan(qrCode('https://brigade.example.com/m/berlin'))).toBe('https://brigade.example.com/m/berlin')
})

it('is read back whatever the restaurant is called and wherever Brigade is', () => {
  const slug = fc.stringMatching(/^[a-z0-9]{1,20}(-[a-z0-9]{1,20}){0,2}$/)
  const origin = fc.webUrl({ validSchemes: ['https'] }).map((url) => new URL(url).origin.slice(0, 90))
  fc.assert(
    fc.property(origin, slug, (at, name) => {
      const url = `${at}/m/${name}`
      expect(scan(qrCode(url))).toBe(url)
    }),
    { numRuns: 30 },
  )
})
