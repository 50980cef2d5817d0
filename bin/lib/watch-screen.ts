const ENTER = '\x1b[?1049h\x1b[?25l'
const LEAVE = '\x1b[?25h\x1b[?1049l'
const HOME_AND_CLEAR = '\x1b[H\x1b[J'
const BOLD = ['\x1b[1m', '\x1b[22m'] as const

/** A picture of a moment: its headline, what stands under it, and what was done about it since the last one. */
export type Picture = { at: Date; headline: string; details: string[]; done: string[] }

/**
 * Shows one picture after another: in place on a terminal, as `top` does, which gets its old content back at the end; as
 * lines elsewhere, only when something is to be told: trouble each time, quiet once.
 */
export function watchScreen(stream: NodeJS.WriteStream = process.stdout) {
  if (stream.isTTY) stream.write(ENTER)
  let wasQuiet = false
  const onTerminal = ({ at, headline, details, done }: Picture) => {
    const width = stream.columns || 80
    const height = stream.rows || 24
    const lines = [`${clock(at)}  ${headline}`, '', ...(details.length > 0 ? details : ['All is well.'])]
    const shown = [...lines, ...(done.length > 0 ? ['', ...done] : [])].slice(0, height - 1)
    const [first = '', ...rest] = shown.map((line) => line.slice(0, width))
    stream.write(`${HOME_AND_CLEAR}${BOLD.join(first)}\n${rest.join('\n')}`)
  }
  const asLines = ({ at, headline, details, done }: Picture) => {
    const isQuiet = details.length === 0
    if (!(isQuiet && wasQuiet)) stream.write(`${clock(at)}  ${headline}\n`)
    for (const line of [...details, ...done]) stream.write(`${clock(at)}    ${line}\n`)
    wasQuiet = isQuiet
  }
  return {
    show: (picture: Picture) => (stream.isTTY ? onTerminal(picture) : asLines(picture)),
    close() {
      if (stream.isTTY) stream.write(LEAVE)
    },
  }
}

const clock = (at: Date) => at.toTimeString().slice(0, 8)
