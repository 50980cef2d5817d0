'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { revokeKey } from './actions'

type Result = Awaited<ReturnType<typeof revokeKey>> | null

/** Asks once more by unfolding, which needs no JavaScript. */
export function RevokeForm({ slug, name, restaurant }: { slug: string; name: string; restaurant: string }) {
  const [result, action, isPending] = useActionState<Result, FormData>(revokeKey, null)
  return (
    <details>
      <summary
        aria-label={`Revoke “${name}” of ${restaurant}…`}
        className="flex min-h-11 w-fit items-center rounded-md border border-edge px-3 font-semibold hover:bg-surface md:min-h-8"
      >
        Revoke…
      </summary>
      <form
        action={action}
        onSubmit={(event) => isPending && event.preventDefault()}
        className="grid max-w-72 gap-2 py-2 text-start"
      >
        <p className="text-muted">Its next request is refused. This can’t be undone.</p>
        <FormMessage>{result?.ok === false && result.message}</FormMessage>
        <input type="hidden" name="slug" value={slug} />
        <input type="hidden" name="name" value={name} />
        <Button variant="danger" aria-busy={isPending} className="max-w-full overflow-hidden">
          Revoke “{name}” now
        </Button>
      </form>
    </details>
  )
}
