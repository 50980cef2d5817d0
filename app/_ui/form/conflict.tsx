'use client'

import { type FormValues, isPartOf, sameField, withField } from '@/domain/form-values'
import { Button } from '../button'

/**
 * What the form shows after somebody else saved first: where only they changed something, theirs; everything else as it
 * was typed. Nothing is stored by that.
 */
export const mergedValues = (
  fields: readonly string[],
  { base, mine, theirs }: { base: FormValues; mine: FormValues; theirs: FormValues },
): FormValues =>
  fields.reduce(
    (merged, field) => (sameField(base, mine, field) ? withField(merged, theirs, field) : merged),
    mine,
  )

/** Both versions of every field in which they differ, and a way to take theirs. */
export function ConflictTable({
  labels,
  base,
  mine,
  theirs,
  onTake,
}: {
  labels: Readonly<Record<string, string>>
  base: FormValues
  mine: FormValues
  theirs: FormValues
  /** Puts their version of a field into the form; null before the page is alive. */
  onTake: ((field: string) => void) | null
}) {
  const differing = Object.keys(labels).filter((field) => !sameField(mine, theirs, field))
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left">
        <caption className="py-1 text-left font-semibold">Both versions, where they differ</caption>
        <thead className="text-muted">
          <tr className="border-b border-line">
            <th className="py-2 pr-4 font-normal">Field</th>
            <th className="py-2 pr-4 font-normal">Yours</th>
            <th className="py-2 pr-4 font-normal">Theirs</th>
            <th className="py-2 font-normal">The form has</th>
          </tr>
        </thead>
        <tbody>
          {differing.map((field) => {
            const onlyTheirs = sameField(base, mine, field)
            return (
              <tr key={field} className="border-b border-line align-top">
                <th scope="row" className="py-2 pr-4 font-semibold">
                  {labels[field]}
                </th>
                <td className="py-2 pr-4 whitespace-pre-wrap wrap-anywhere">
                  {onlyTheirs ? <span className="text-muted">as it was</span> : shownValue(mine, field)}
                </td>
                <td className="py-2 pr-4 whitespace-pre-wrap wrap-anywhere">{shownValue(theirs, field)}</td>
                <td className="py-2">
                  {onlyTheirs ? 'theirs' : 'yours'}
                  {!onlyTheirs && onTake ? (
                    <Button type="button" variant="quiet" onClick={() => onTake(field)}>
                      Take theirs
                    </Button>
                  ) : null}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

/** A field, or all of its parts line by line, as they stand in the form. */
function shownValue(values: FormValues, field: string): string {
  const parts = Object.entries(values).filter(([name]) => isPartOf(name, field))
  if (parts.length === 0) return '–'
  const rows = new Map<string, string[]>()
  for (const [name, value] of parts) {
    const row = name.split('.')[1] ?? ''
    rows.set(row, [...(rows.get(row) ?? []), value === 'on' ? 'yes' : value].filter(Boolean))
  }
  return [...rows.values()].map((row) => row.join(' ')).join('\n') || '–'
}
