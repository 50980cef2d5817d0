import { encode } from 'uqr'

/** Light modules that a reader needs around the code (ISO/IEC 18004, 9.1). */
const QUIET_ZONE = 4

export type QrCode = {
  /** Modules of the whole square, quiet zone included: the view box is as wide. */
  size: number
  /** The dark modules as an SVG path of one unit a module. */
  path: string
}

/**
 * A text as a QR code that stands the loss of 15 % of it (error correction M), for paper that gets stains.
 * @throws RangeError when the text is longer than any code holds
 */
export function qrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'M', boostEcc: false, border: 0 })
  const rows = data.map((row, y) => runsOf(row).map(([x, length]) => bar(x, y, length)))
  return { size: size + 2 * QUIET_ZONE, path: rows.flat().join('') }
}

const bar = (x: number, y: number, length: number) =>
  `M${x + QUIET_ZONE} ${y + QUIET_ZONE}h${length}v1h-${length}z`

/** Where dark modules begin in a row, and how many follow each other: fewer shapes, and no hairlines between them. */
function runsOf(row: readonly boolean[]): [start: number, length: number][] {
  const runs: [number, number][] = []
  for (const [x, isDark] of row.entries()) {
    if (!isDark) continue
    const last = runs.at(-1)
    if (last && last[0] + last[1] === x) last[1]++
    else runs.push([x, 1])
  }
  return runs
}
