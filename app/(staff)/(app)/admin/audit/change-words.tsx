import type { ReactNode } from 'react'
import type { FieldChange } from '../../menu/field-words'

/** A field before and after; of what is new only what it is. */
export function changeItemWords({ before, after, items }: FieldChange): ReactNode {
  if (items.length > 0) return items.join('; ')
  if (before === null) return after
  return (
    <>
      <del>{before}</del> → <ins className="no-underline">{after}</ins>
    </>
  )
}
