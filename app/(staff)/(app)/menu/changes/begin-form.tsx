'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { FormMessage } from '@/app/_ui/form-message'
import { begin } from './actions'

type Result = Awaited<ReturnType<typeof begin>> | null

/** Begins a change set by its name. */
export function BeginForm() {
  const [result, action, isPending] = useActionState<Result, FormData>(begin, null)
  const failure = result?.ok === false ? result : null
  const taken = failure?.reason === 'name_taken' ? failure.message : undefined
  return (
    <form action={action} onSubmit={(event) => isPending && event.preventDefault()} className="grid gap-3">
      <FormMessage>{failure && !failure.fields && !taken ? failure.message : null}</FormMessage>
      <div className="flex flex-wrap items-start gap-3">
        <TextField
          label="Name of a new change set"
          name="name"
          placeholder="Summer menu"
          required
          maxLength={100}
          autoComplete="off"
          defaultValue={failure?.values?.name}
          error={taken ?? failure?.fields?.name}
          className="w-full max-w-sm"
        />
        <Button variant="primary" aria-busy={isPending} className="sm:mt-6">
          Begin change set
        </Button>
      </div>
    </form>
  )
}
