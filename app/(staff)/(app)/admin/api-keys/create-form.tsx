'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { SelectField, TextField } from '@/app/_ui/field'
import { FormMessage } from '@/app/_ui/form-message'
import { ShownOnce } from '@/app/_ui/shown-once'
import { createKey } from './actions'

type Result = Awaited<ReturnType<typeof createKey>> | null

/** Restaurant and name of a new key, and then the key. What was typed stays until it was right. */
export function CreateForm({
  restaurants,
  chosen,
}: {
  restaurants: readonly { slug: string; name: string }[]
  /** The slug of the restaurant that the page shows, if it is one. */
  chosen: string | null
}) {
  const [result, action, isPending] = useActionState<Result, FormData>(createKey, null)
  const failure = result?.ok === false ? result : null
  const slug = failure?.values?.slug ?? chosen ?? ''
  return (
    <div className="grid max-w-4xl gap-4">
      <form
        action={action}
        onSubmit={(event) => isPending && event.preventDefault()}
        className="grid gap-3"
        noValidate
      >
        <FormMessage>{failure && !failure.fields && failure.message}</FormMessage>
        <div className="grid items-start gap-3 md:grid-cols-[1fr_1fr_auto]">
          <SelectField
            key={slug}
            label="Restaurant"
            name="slug"
            required
            defaultValue={slug}
            error={failure?.fields?.slug}
          >
            <option value="" disabled>
              Choose
            </option>
            {restaurants.map((restaurant) => (
              <option key={restaurant.slug} value={restaurant.slug}>
                {restaurant.name}
              </option>
            ))}
          </SelectField>
          <TextField
            label="What will use it"
            name="name"
            placeholder="POS"
            autoComplete="off"
            required
            maxLength={100}
            defaultValue={failure?.values?.name}
            error={failure?.fields?.name}
          />
          {/* In line with the controls, below the height of a label. */}
          <Button variant="primary" aria-busy={isPending} className="md:mt-6">
            Make a key
          </Button>
        </div>
      </form>
      {result?.ok ? (
        <div role="status" className="border-l-2 border-accent py-1 pl-3">
          <ShownOnce
            // Another key is to be copied anew.
            key={result.key}
            label={`Key “${result.name}” of ${result.restaurant}`}
            text={result.key}
            hint="Copy it into the other software now: it is not shown again, and can’t be looked up."
          />
        </div>
      ) : null}
    </div>
  )
}
