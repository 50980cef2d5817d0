'use client'

import { useActionState } from 'react'
import { Button, LinkButton } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { postCount } from '../../actions'

type Result = Awaited<ReturnType<typeof postCount>> | null

/** Corrects the stock by what was counted. */
export function PostForm({ restaurant, countId }: { restaurant: string; countId: string }) {
  const [result, action, isPending] = useActionState<Result, FormData>(postCount, null)
  return (
    <form
      action={action}
      onSubmit={(event) => isPending && event.preventDefault()}
      aria-busy={isPending}
      className="grid gap-3 pb-6"
    >
      <input type="hidden" name="restaurant" value={restaurant} />
      <input type="hidden" name="countId" value={countId} />
      <FormMessage>{result?.ok === false ? result.message : null}</FormMessage>
      <div className="flex flex-wrap gap-2">
        <Button variant="primary">Post this count</Button>
        <LinkButton href={`/inventory/${restaurant}/counts/${countId}`}>Back to the sheet</LinkButton>
      </div>
    </form>
  )
}
