'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { draftOrder } from './actions'

/** Drafts an order from a supplier, or opens the draft that there is. `id` makes a press count once. */
export function DraftButton({
  id,
  supplier,
  restaurants,
}: {
  id: string
  supplier: { id: number; name: string }
  /** For which of them; to choose from where there are several. */
  restaurants: readonly { slug: string; name: string }[]
}) {
  const [result, draft, isPending] = useActionState(draftOrder, null)
  const [only] = restaurants
  return (
    <form action={draft} aria-busy={isPending} className="flex flex-wrap items-center gap-2">
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="supplier" value={supplier.id} />
      {restaurants.length > 1 ? (
        <select
          name="restaurant"
          aria-label={`Order from ${supplier.name} for`}
          className="min-h-11 rounded-md border border-edge bg-surface px-2 text-base md:min-h-9"
        >
          {restaurants.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <input type="hidden" name="restaurant" value={only?.slug} />
      )}
      <Button aria-label={`Draft order from ${supplier.name}`}>Draft order</Button>
      <FormMessage>{result && !result.ok ? result.message : null}</FormMessage>
    </form>
  )
}
