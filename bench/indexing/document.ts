import { markdownTable } from '../lib/report'
import type { Read } from './candidate-cost'
import type { Candidate } from './candidates'
import type { IndexedTable } from './catalog'
import type { RowCost, TypicalUpdate, WriteCost } from './write-cost'

/** The table written as it is; under this name among the variants. */
export const AS_IT_IS = 'as it is'

export type MeasuredTable = {
  table: IndexedTable
  update: TypicalUpdate | undefined
  /** By index: what writing costs without it; and as it is. Empty where the volume set has no rows. */
  costs: ReadonlyMap<string, WriteCost>
}

export type MeasuredCandidate = {
  candidate: Candidate
  read: Read
  without: WriteCost | undefined
  with: WriteCost | undefined
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-GB')
const fine = (value: number): string => (value >= 100 ? whole(value) : value.toFixed(1))
const percent = (share: number): string => `${Math.round(share * 100)} %`
const size = (bytes: number): string =>
  bytes >= 2 ** 20 ? `${(bytes / 2 ** 20).toFixed(1)} MB` : `${whole(bytes / 1024)} kB`

const change = (without: number | undefined, having: number | undefined, write: (value: number) => string) =>
  without === undefined || having === undefined ? '' : `${write(without)} → ${write(having)}`

const figures = (without: RowCost | null | undefined, having: RowCost | null | undefined): string[] => [
  change(without?.microseconds, having?.microseconds, fine),
  change(without?.walBytes, having?.walBytes, whole),
  change(without?.pages, having?.pages, fine),
]

const hot = (without: WriteCost | undefined, having: WriteCost | undefined): string =>
  change(without?.update?.hotShare, having?.update?.hotShare, percent)

const FIGURE_HEADS = ['insert µs', 'WAL bytes', 'pages', 'update µs', 'WAL bytes', 'pages', 'HOT']

/** A table's section: its indexes with what each costs and why it is there. */
export function tableSection(
  { table, update, costs }: MeasuredTable,
  reasons: ReadonlyMap<string, string>,
): string {
  const having = costs.get(AS_IT_IS)
  const rows = table.indexes.map(({ name, bytes }) => {
    const without = costs.get(name)
    const insert = figures(without?.insert, having?.insert)
    return [
      `\`${name}\``,
      size(bytes),
      ...insert,
      ...figures(without?.update, having?.update),
      hot(without, having),
    ]
  })
  return [
    `### ${table.name}`,
    '',
    `${whole(table.rows)} rows, ${size(table.bytes)}. ${updateSentence(update)}`,
    '',
    markdownTable(['index', 'size', ...FIGURE_HEADS], rows),
    '',
    ...table.indexes.map(({ name, definition }) => `- \`${name}\`: \`${definition}\`. ${reasons.get(name)}`),
  ].join('\n')
}

const updateSentence = (update: TypicalUpdate | undefined): string =>
  update ? `The update: ${update.what}.` : 'Rows are added and deleted, not updated.'

/** The candidates with what each would cost and gain, and what became of it. */
export function candidateSection(measured: readonly MeasuredCandidate[]): string {
  const rows = measured.map(({ candidate, read, without, with: having }) => [
    candidate.label,
    size(read.bytes),
    change(without?.insert.microseconds, having?.insert.microseconds, fine),
    change(without?.insert.walBytes, having?.insert.walBytes, whole),
    change(without?.update?.microseconds, having?.update?.microseconds, fine),
    hot(without, having),
    `\`${candidate.asks.query}\` ${change(read.without, read.with, whole)}`,
    read.chosen ? 'yes' : 'no',
    candidate.verdict,
  ])
  return [
    markdownTable(
      [
        'index',
        'size',
        'insert µs',
        'WAL bytes',
        'update µs',
        'HOT',
        'pages that a query reads',
        'chosen',
        'verdict',
      ],
      rows,
    ),
    '',
    ...measured.map(
      ({ candidate }) =>
        `- **${candidate.label}** (\`${candidate.table} ${candidate.definition}\`): ${candidate.verdict}. ${candidate.reason}`,
    ),
  ].join('\n')
}
