'use client'

import { type FormValues, isPartOf, sameField, withField } from '@/domain/form-values'
import { Button } from '../button'

export type Side = 'mine' | 'theirs'

/** As the form showed it, as it was typed, as it is stored now, and which of the latter two the person then took. */
export type Conflict = {
  base: FormValues
  mine: FormValues
  theirs: FormValues
  chosen: Readonly<Record<string, Side>>
}

/**
 * What the form shows after somebody else saved first: where only they changed something, theirs; everything else as it
 * was typed. Nothing is stored by that.
 */
export const mergedValues = (fields: readonly string[], { base, mine, theirs }: Conflict): FormValues =>
  fields.reduce(
    (merged, field) => (sameField(base, mine, field) ? withField(merged, theirs, field) : merged),
    mine,
  )

type ValueWords = (name: string, value: string) => string

/** Both versions of every field in which they differ, and a way to take either. */
export function ConflictTable({
  labels,
  conflict: { base, mine, theirs, chosen },
  valueWords = (_, value) => value,
  onTake,
}: {
  labels: Readonly<Record<string, string>>
  conflict: Conflict
  valueWords?: ValueWords | undefined
  /** Puts one version of a field into the form; null before the page is alive. */
  onTake: ((field: string, side: Side) => void) | null
}) {
  const differing = Object.keys(labels).filter((field) => !sameField(mine, theirs, field))
  if (differing.length === 0) return <p>Both of you saved the same.</p>
  return (
    <table className="w-full text-left">
      <caption className="py-1 text-left font-semibold">Both versions, where they differ</caption>
      {/* On phones the versions stand side by side below their field, each under its own word. */}
      <thead className="text-muted max-md:sr-only">
        <tr className="border-b border-line">
          <th className="py-2 pr-4 font-normal">Field</th>
          <th className="py-2 pr-4 font-normal">Yours</th>
          <th className="py-2 pr-4 font-normal">Theirs</th>
          <th className="py-2 font-normal">The form has</th>
        </tr>
      </thead>
      <tbody>
        {differing.map((field) => {
          const has = chosen[field] ?? (sameField(base, mine, field) ? 'theirs' : 'mine')
          const other = has === 'mine' ? 'theirs' : 'mine'
          return (
            <tr
              key={field}
              className="border-b border-line align-top max-md:grid max-md:grid-cols-2 max-md:gap-x-4 max-md:py-2"
            >
              <th scope="row" className="py-2 pr-4 font-semibold max-md:col-span-2 max-md:py-0">
                {labels[field]}
              </th>
              <td className={VERSION}>
                <PhoneWord>Yours</PhoneWord>
                {shownValue(mine, field, valueWords)}
                {sameField(base, mine, field) ? <span className="text-muted"> (as you found it)</span> : null}
              </td>
              <td className={VERSION}>
                <PhoneWord>Theirs</PhoneWord>
                {shownValue(theirs, field, valueWords)}
              </td>
              <td className="py-1 max-md:col-span-2">
                <div className="flex flex-wrap items-center gap-x-2">
                  <span className="py-1">
                    <span className="md:hidden">The form has </span>
                    {WORDS[has]}
                  </span>
                  {onTake ? (
                    <Button
                      type="button"
                      aria-label={`Take ${WORDS[other]} for ${labels[field]}`}
                      onClick={() => onTake(field, other)}
                    >
                      Take {WORDS[other]}
                    </Button>
                  ) : null}
                </div>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

const VERSION = 'py-2 pr-4 whitespace-pre-wrap wrap-break-word max-md:py-0 max-md:pr-0'

const PhoneWord = ({ children }: { children: string }) => (
  <span aria-hidden="true" className="block text-sm text-muted md:hidden">
    {children}
  </span>
)

const WORDS: Record<Side, string> = { mine: 'yours', theirs: 'theirs' }

/** A field, or all of its parts line by line, as they stand in the form; a ticked one of several is its own word. */
function shownValue(values: FormValues, field: string, words: ValueWords): string {
  const parts = Object.entries(values).filter(([name]) => isPartOf(name, field))
  const rows = new Map<string, string[]>()
  for (const [name, value] of parts) {
    const [, row = '', ...rest] = name.split('.')
    const ticked = [row, ...rest].at(-1) || 'yes'
    const shown = value === 'on' ? words(name, ticked) : words(name, value)
    rows.set(row, [...(rows.get(row) ?? []), shown].filter(Boolean))
  }
  return (
    [...rows.values()]
      .map((row) => row.join(' '))
      .join('\n')
      .trim() || '–'
  )
}
