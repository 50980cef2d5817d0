'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { dropCount } from '../actions'

type Result = Awaited<ReturnType<typeof dropCount>> | null

/** Asks first, in a fold that needs no JavaScript. */
export function DropForm({ restaurant, countId }: { restaurant: string; countId: string }) {
  const [result, action, isPending] = useActionState<Result, FormData>(dropCount, null)
  return (
    <details className="open:rounded-md open:border open:border-line open:p-3">
      <summary className="inline-flex min-h-11 items-center text-red underline md:min-h-9">
        Drop count…
      </summary>
      <form action={action} aria-busy={isPending} className="grid justify-items-start gap-3 pt-2">
        <input type="hidden" name="restaurant" value={restaurant} />
        <input type="hidden" name="countId" value={countId} />
        <p>Nothing of it is posted, and stock stays as it is. This can’t be undone.</p>
        <Button variant="danger">Drop this count</Button>
        <FormMessage>{result?.ok === false ? result.message : null}</FormMessage>
      </form>
    </details>
  )
}
