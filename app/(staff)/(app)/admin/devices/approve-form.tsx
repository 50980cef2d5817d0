'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { FormMessage } from '@/app/_ui/form-message'
import { approve } from './actions'

type Result = Awaited<ReturnType<typeof approve>> | null

/** Code, name and restaurant of a screen that waits. What was typed stays until it was right. */
export function ApproveForm({
  restaurants,
  chosen,
}: {
  restaurants: readonly { slug: string; name: string }[]
  /** The slug of the restaurant that the page shows, if it is one. */
  chosen: string | null
}) {
  const [result, action, isPending] = useActionState<Result, FormData>(approve, null)
  const failure = result?.ok === false ? result : null
  return (
    <form
      action={action}
      onSubmit={(event) => isPending && event.preventDefault()}
      className="grid max-w-4xl gap-3"
    >
      <FormMessage>{failure && !failure.fields && failure.message}</FormMessage>
      <div role="status" className="empty:hidden">
        {result?.ok ? (
          <p className="border-l-2 border-accent py-1 pl-3">
            “{result.name}” is paired: within seconds it shows the tickets of {result.restaurant}.
          </p>
        ) : null}
      </div>
      <div className="grid items-start gap-3 md:grid-cols-[14rem_1fr_1fr_auto]">
        <TextField
          label="Code on the screen"
          name="code"
          placeholder="WDJB-MJHT"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          required
          maxLength={20}
          defaultValue={failure?.values?.code}
          error={failure?.fields?.code}
        />
        <TextField
          label="Name"
          name="name"
          placeholder="Grill"
          autoComplete="off"
          required
          maxLength={80}
          defaultValue={failure?.values?.name}
          error={failure?.fields?.name}
        />
        <SelectField
          key={failure?.values?.restaurant ?? chosen}
          label="Restaurant"
          name="restaurant"
          required
          defaultValue={failure?.values?.restaurant ?? chosen ?? ''}
        >
          {restaurants.length > 1 ? (
            <option value="" disabled>
              Choose
            </option>
          ) : null}
          {restaurants.map(({ slug, name }) => (
            <option key={slug} value={slug}>
              {name}
            </option>
          ))}
        </SelectField>
        {/* In line with the controls, below the height of a label. */}
        <Button variant="primary" aria-busy={isPending} className="md:mt-6">
          Pair screen
        </Button>
      </div>
    </form>
  )
}
