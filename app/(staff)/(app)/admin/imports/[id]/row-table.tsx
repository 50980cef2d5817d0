import { columnsFor, DataTable } from '@/app/_ui/data-table'
import type { ImportRow } from '@/db/queries/imports'
import { sameValue } from '@/domain/record'
import type { SheetKind } from '@/domain/sheet'
import { SHEETS } from '@/domain/sheets'
import { changeWords, type FieldChange, type WordsContext } from '../../../menu/field-words'
import { VERDICT_WORDS } from '../words'

type Row = ImportRow & { changes: FieldChange[] }

const column = columnsFor<Row>()

const COLUMNS = [
  column.accessor('row', { header: 'Row', meta: { align: 'end', className: 'w-16' } }),
  column.accessor('name', {
    header: 'Name',
    meta: { rowHeader: true },
    cell: ({ row: { original } }) => (
      <div className="wrap-anywhere">
        {original.name || '–'}
        {/* On phones there is no room for a column of its own. */}
        <div className="font-normal md:hidden">
          <What row={original} />
        </div>
      </div>
    ),
  }),
  column.accessor('verdict', {
    header: 'Becomes',
    cell: ({ row: { original } }) => (
      <span className={original.verdict === 'refused' ? 'font-semibold text-red' : undefined}>
        {VERDICT_WORDS[original.verdict]}
      </span>
    ),
  }),
  column.display({
    id: 'what',
    header: 'What',
    meta: { wideOnly: true },
    cell: ({ row: { original } }) => <What row={original} />,
  }),
]

/** Rows of a file with what they add and change, before and after, or why they are refused. */
export function RowTable({
  kind,
  rows,
  context,
}: {
  kind: SheetKind
  rows: ImportRow[]
  context: WordsContext
}) {
  return (
    <DataTable
      caption="Rows of the file"
      columns={COLUMNS}
      rows={rows.map((row) => ({ ...row, changes: changesOf(kind, row, context) }))}
      rowId={({ row }) => String(row)}
    />
  )
}

function What({ row: { reason, changes, verdict } }: { row: Row }) {
  if (reason !== null) return <span className="wrap-anywhere">{reason}</span>
  if (verdict === 'added') {
    const words = changes.filter(({ after }) => after !== null && after !== '–')
    return (
      <span className="text-muted wrap-anywhere">
        {words.map(({ label, after }) => `${label}: ${after}`).join(' · ')}
      </span>
    )
  }
  return (
    <ul>
      {changes.map(({ field, label, before, after, items }) => (
        <li key={field} className="wrap-anywhere">
          <span className="text-muted">{label}:</span>{' '}
          {items.length > 0 ? (
            items.join('; ')
          ) : (
            <>
              <del>{before}</del> → <ins className="no-underline">{after}</ins>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

const RECIPE_LABELS: Record<string, string> = {
  title: 'Title',
  cuisine: 'Cuisine',
  difficulty: 'Difficulty',
  prepMinutes: 'Prep',
  calories: 'Calories',
  chef: 'Chef',
  lines: 'Recipe card',
  steps: 'Method',
}

function changesOf(kind: SheetKind, { before, after }: ImportRow, context: WordsContext): FieldChange[] {
  if (!after) return []
  if (kind !== 'recipe') {
    // Of something new it is enough to tell what the file says of it.
    const { defaults } = SHEETS[kind]
    return changeWords(kind, before, after, context).filter(
      ({ field }) => before || (field !== 'name' && !sameValue(after[field], defaults[field])),
    )
  }
  // A card that isn't taken yet names ingredients that may not be there: it is told by names.
  const words = (value: unknown): string =>
    (Array.isArray(value) ? value.join(' | ') : String(value ?? '–')) || '–'
  return Object.entries(after).map(([field, value]) => ({
    field,
    label: RECIPE_LABELS[field] ?? field,
    before: before ? words(before[field]) : null,
    after: words(value),
    items: [],
  }))
}
