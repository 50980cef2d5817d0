export type Line = {
  label: string
  /** Drawn dashed: what it is compared with. */
  naive: boolean
  /** Colours go by group: a naive line and the one that replaces it share theirs. */
  group: number
  points: { x: number; y: number }[]
}

const WIDTH = 760
const HEIGHT = 460
const LEFT = 70
const RIGHT = 210
const TOP = 24
const BOTTOM = 44
/** Distinct in light and dark, and for eyes that don't tell red from green (Okabe and Ito's palette). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']

/** Lines over two logarithmic axes as a picture that follows the reader's light or dark page. */
export function growthPlot(title: string, lines: readonly Line[], unit: { x: string; y: string }): string {
  const points = lines.flatMap((line) => line.points)
  const x = axis(
    points.map((point) => point.x),
    LEFT,
    WIDTH - RIGHT,
    false,
  )
  const y = axis(
    points.map((point) => point.y),
    HEIGHT - BOTTOM,
    TOP,
    true,
  )
  const parts = [
    ...y.ticks.map(
      (tick) =>
        rule(LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick)) +
        text(LEFT - 8, y.at(tick) + 4, figure(tick), 'end'),
    ),
    ...[...new Set(points.map((point) => point.x))].map((tick) =>
      text(x.at(tick), HEIGHT - BOTTOM + 18, figure(tick), 'middle'),
    ),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, unit.x, 'middle'),
    `<text transform="translate(16 ${(TOP + HEIGHT - BOTTOM) / 2}) rotate(-90)" text-anchor="middle">${unit.y}</text>`,
    ...lines.map((line) => path(line, x.at, y.at)),
    ...labels(lines, y.at),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
<style>
  text { font: 12px system-ui, sans-serif; fill: #333 }
  .rule { stroke: #ddd; stroke-width: 1 }
  .line { fill: none; stroke-width: 2 }
  .naive { stroke-dasharray: 5 4 }
  @media (prefers-color-scheme: dark) { text { fill: #ccc } .rule { stroke: #444 } }
</style>
<title>${title}</title>
${parts.join('\n')}
</svg>
`
}

type Axis = { at: (value: number) => number; ticks: number[] }

function axis(values: readonly number[], from: number, to: number, whole: boolean): Axis {
  const logs = values.map(Math.log10)
  const low = whole ? Math.floor(Math.min(...logs)) : Math.min(...logs)
  const high = whole ? Math.ceil(Math.max(...logs)) : Math.max(...logs)
  const span = high - low || 1
  return {
    at: (value) => Math.round((from + ((Math.log10(value) - low) / span) * (to - from)) * 10) / 10,
    ticks: Array.from({ length: Math.floor(high - low) + 1 }, (_, power) => 10 ** (low + power)),
  }
}

const rule = (x1: number, y1: number, x2: number, y2: number) =>
  `<line class="rule" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`

const text = (x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end') =>
  `<text x="${x}" y="${y}" text-anchor="${anchor}">${content}</text>`

const colour = ({ group }: Line) => COLOURS[group % COLOURS.length]

function path(line: Line, x: Axis['at'], y: Axis['at']): string {
  const points = line.points.map((point) => `${x(point.x)},${y(point.y)}`)
  return `<polyline class="line${line.naive ? ' naive' : ''}" stroke="${colour(line)}" points="${points.join(' ')}"/>`
}

/** Beside the lines' ends, moved apart where they would touch. */
function labels(lines: readonly Line[], y: Axis['at']): string[] {
  const placed = lines
    .map((line) => ({ line, at: y(line.points.at(-1)?.y ?? 1) }))
    .sort((a, b) => a.at - b.at)
  let last = Number.NEGATIVE_INFINITY
  return placed.map(({ line, at }) => {
    last = Math.max(at, last + 15)
    return `<circle cx="${WIDTH - RIGHT + 10}" cy="${last}" r="4" fill="${colour(line)}"/>${text(WIDTH - RIGHT + 20, last + 4, line.label, 'start')}`
  })
}

const figure = (value: number): string =>
  value >= 1 ? value.toLocaleString('en-GB') : String(Number(value.toPrecision(1)))
