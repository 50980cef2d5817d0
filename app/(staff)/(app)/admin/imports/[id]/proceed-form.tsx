'use client'

import { type ReactNode, useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { proceed } from '../actions'

type Result = Awaited<ReturnType<typeof proceed>> | null

/** What would happen, and the button that does it. */
export function ProceedForm({
  importId,
  button,
  children,
}: {
  importId: number
  button: string
  children: ReactNode
}) {
  const [result, action, isPending] = useActionState<Result, FormData>(proceed, null)
  return (
    <form
      action={action}
      onSubmit={(event) => isPending && event.preventDefault()}
      className="grid justify-items-start gap-3 border-y border-line py-4"
    >
      <FormMessage>{result?.ok === false ? result.message : null}</FormMessage>
      <input type="hidden" name="import" value={importId} />
      <p className="max-w-prose">{children}</p>
      <Button variant="primary" aria-busy={isPending}>
        {button}
      </Button>
    </form>
  )
}
