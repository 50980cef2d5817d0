const BAR_WIDTH = 24
const REDRAW_MS = 250
const LINE_EVERY_MS = 10_000

/**
 * Shows how far a long command is: a bar that is redrawn on a terminal, a line every ten seconds where there is none.
 * On stderr, so that the outcome can be piped.
 */
export function progressDisplay(stream: NodeJS.WriteStream = process.stderr) {
  let shownAt = Number.NEGATIVE_INFINITY
  return {
    /** @param share from 0 to 1 */
    show(share: number, text: string): void {
      const now = performance.now()
      if (now - shownAt < (stream.isTTY ? REDRAW_MS : LINE_EVERY_MS)) return
      shownAt = now
      const percent = `${Math.floor(share * 100)} %`.padStart(5)
      if (!stream.isTTY) stream.write(`${percent.trim()}  ${text}\n`)
      else
        stream.write(
          `\r\x1b[2K${bar(share)} ${percent}  ${text.slice(0, (stream.columns || 80) - BAR_WIDTH - 9)}`,
        )
    },
    /** Leaves the terminal's line to whatever comes next. */
    clear(): void {
      if (stream.isTTY) stream.write('\r\x1b[2K')
    },
  }
}

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH)
  return '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full)
}
