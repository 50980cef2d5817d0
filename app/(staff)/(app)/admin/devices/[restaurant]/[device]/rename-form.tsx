'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { FormMessage } from '@/app/_ui/form-message'
import { rename } from '../../actions'

type Result = Awaited<ReturnType<typeof rename>> | null
type Props = { restaurant: string; device: number; name: string }

export function RenameForm({ restaurant, device, name }: Props) {
  const [result, action, isPending] = useActionState<Result, FormData>(rename, null)
  const failure = result?.ok === false ? result : null
  return (
    <form
      action={action}
      onSubmit={(event) => isPending && event.preventDefault()}
      className="grid gap-3 py-4"
    >
      <FormMessage>{failure && !failure.fields && failure.message}</FormMessage>
      <input type="hidden" name="restaurant" value={restaurant} />
      <input type="hidden" name="device" value={device} />
      <div className="flex flex-wrap items-start gap-3">
        <TextField
          key={name}
          label="Name"
          name="name"
          autoComplete="off"
          required
          maxLength={80}
          defaultValue={failure?.values?.name ?? name}
          error={failure?.fields?.name}
          className="grow"
        />
        {/* In line with the control, below the height of a label. */}
        <Button aria-busy={isPending} className="mt-7 md:mt-6">
          Rename
        </Button>
      </div>
      <p role="status" className="empty:hidden">
        {result?.ok ? `Renamed to “${result.name}”.` : null}
      </p>
    </form>
  )
}
