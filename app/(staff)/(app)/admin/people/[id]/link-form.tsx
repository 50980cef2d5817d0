'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { ShownOnce } from '@/app/_ui/shown-once'
import { renewLink } from '../actions'

type Result = Awaited<ReturnType<typeof renewLink>> | null

/** The way in for somebody who has no password yet, or lost it. */
export function LinkForm({
  userId,
  name,
  hasPassword,
}: {
  userId: number
  name: string
  hasPassword: boolean
}) {
  const [result, action, isPending] = useActionState<Result, FormData>(renewLink, null)
  return (
    <section aria-labelledby="way-in" className="grid gap-3 border-t border-line py-4">
      <div>
        <h2 id="way-in" className="text-lg font-semibold">
          {hasPassword ? 'Lost password' : 'Invitation'}
        </h2>
        <p className="max-w-prose text-muted">
          {hasPassword
            ? 'A link with which they set a new password. Their old one stays good until they do; then all of their sessions end.'
            : 'They have not set a password yet. A link lets them; a new one ends the one before.'}
        </p>
      </div>
      <FormMessage>{result?.ok === false && result.message}</FormMessage>
      {result?.ok ? (
        <ShownOnce
          // Another link is to be copied anew.
          key={result.link}
          label={`Link for ${name}`}
          text={result.link}
          hint="Send it to them: it works once, until this time tomorrow. It is not shown again."
        />
      ) : null}
      <form action={action} onSubmit={(event) => isPending && event.preventDefault()}>
        <input type="hidden" name="userId" value={userId} />
        <Button aria-busy={isPending}>{result?.ok ? 'Make another link' : 'Make a link'}</Button>
      </form>
    </section>
  )
}
