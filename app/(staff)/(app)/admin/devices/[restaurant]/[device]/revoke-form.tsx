'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { revoke } from '../../actions'

type Result = Awaited<ReturnType<typeof revoke>> | null
type Props = { restaurant: string; device: number; name: string }

/** Asks once more by unfolding, which needs no JavaScript. */
export function RevokeForm({ restaurant, device, name }: Props) {
  const [result, action, isPending] = useActionState<Result, FormData>(revoke, null)
  return (
    <section aria-labelledby="revoke" className="grid gap-3 border-t border-line py-4">
      <div>
        <h2 id="revoke" className="text-lg font-semibold">
          Revoke this screen
        </h2>
        <p className="max-w-prose text-muted">
          Within five seconds it shows no tickets any more. This can’t be undone; the screen can be paired
          again with a new code.
        </p>
      </div>
      <FormMessage>{result?.ok === false && result.message}</FormMessage>
      <details>
        <summary className="flex min-h-11 w-fit items-center rounded-md border border-edge px-4 font-semibold hover:bg-wash md:min-h-9 md:px-3">
          Revoke…
        </summary>
        <form
          action={action}
          onSubmit={(event) => isPending && event.preventDefault()}
          className="flex flex-wrap items-center gap-3 pt-3"
        >
          <input type="hidden" name="restaurant" value={restaurant} />
          <input type="hidden" name="device" value={device} />
          <Button variant="danger" aria-busy={isPending} className="max-w-full overflow-hidden">
            Revoke “{name}” now
          </Button>
        </form>
      </details>
    </section>
  )
}
