import type { Checklist, PlannedStep } from './checklist'
import { bytes, duration } from './units'

const MARKS = { ok: 'ok', attention: 'LOOK', unknown: '?' }
const MODES = { transaction: 'in a transaction', alone: 'outside of a transaction', batches: 'in batches' }
const STATEMENT_WIDTH = 100

/** The checklist for the terminal: files with their steps, tables, then the points to go through. */
export function describeChecklist({ files, tables, items }: Checklist): string {
  const parts = files.map(({ name, phase, mode, steps }) =>
    [`${name} (${phase}, ${MODES[mode]})`, ...steps.flatMap(describeStep)].join('\n'),
  )
  if (tables.length > 0)
    parts.push(
      [
        'Tables',
        ...tables.map(
          ({ table, rows, tableBytes, indexBytes, indexes }) =>
            `  ${table}: ${rows === null ? 'not analysed' : `${Math.round(rows).toLocaleString('en')} rows`}, ${bytes(tableBytes)}, ${indexes} indexes of ${bytes(indexBytes)}`,
        ),
      ].join('\n'),
    )
  const width = Math.max(...items.map(({ title }) => title.length))
  parts.push(
    items
      .map(({ title, state, text }) => `${MARKS[state].padEnd(5)} ${title.padEnd(width)}  ${text}`)
      .join('\n'),
  )
  return parts.join('\n\n')
}

function describeStep({ line, sql, locks, reverse, estimate }: PlannedStep): string[] {
  const words = sql.replaceAll(/\s+/g, ' ')
  const short = words.length > STATEMENT_WIDTH ? `${words.slice(0, STATEMENT_WIDTH)}…` : words
  const lines = [`  line ${line}: ${short}`]
  for (const { table, lock, readsWait, writesWait } of locks) {
    const waits = readsWait ? 'reads and writes wait' : writesWait ? 'writes wait' : 'nobody waits'
    lines.push(`    ${table}: ${lock}, ${waits}`)
  }
  if (locks.some(({ work }) => work !== 'none')) {
    const time = estimate.seconds === null ? 'time unknown' : duration(estimate.seconds)
    const room = estimate.bytes ? `, ${bytes(estimate.bytes)}` : ''
    lines.push(`    ${time}${room}; rests on ${estimate.restsOn}`)
  }
  if (reverse !== '')
    lines.push(`    back: ${reverse ?? 'only from a backup, or by a migration written for it'}`)
  return lines
}
