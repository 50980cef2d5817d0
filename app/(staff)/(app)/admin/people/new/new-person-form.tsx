'use client'

import { useActionState } from 'react'
import { Button, LinkButton } from '@/app/_ui/button'
import { TextField } from '@/app/_ui/field'
import { FormMessage } from '@/app/_ui/form-message'
import { ShownOnce } from '@/app/_ui/shown-once'
import { invite } from '../actions'
import { PersonFields } from '../person-fields'

type Result = Awaited<ReturnType<typeof invite>> | null

/** Asks who it is; once they are added, the form makes room for their link. */
export function NewPersonForm({ restaurants }: { restaurants: readonly { id: number; name: string }[] }) {
  const [result, action, isPending] = useActionState<Result, FormData>(invite, null)
  if (result?.ok) return <Invited {...result} />
  const typed = result?.values
  const taken = result?.reason === 'email_taken' ? result : null
  return (
    <form
      action={action}
      onSubmit={(event) => isPending && event.preventDefault()}
      // The browser would stop at its own words, one field at a time.
      noValidate
      className="grid gap-4"
    >
      <FormMessage>
        {taken ? (
          <>
            {taken.message}{' '}
            <a href={`/admin/people/${taken.userId}`} className="underline">
              Look at them
            </a>
          </>
        ) : (
          result?.message
        )}
      </FormMessage>
      <PersonFields
        // The browser empties a form that was sent; what it begins with again is what was typed.
        key={JSON.stringify(typed)}
        restaurants={restaurants}
        values={typed ?? {}}
        errors={result?.fields ?? {}}
      >
        <TextField
          label="E-mail"
          name="email"
          type="email"
          hint="What they sign in with. Nothing is sent to it."
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={254}
          defaultValue={typed?.email}
          error={result?.fields?.email}
        />
      </PersonFields>
      <div>
        <Button variant="primary" aria-busy={isPending}>
          Invite
        </Button>
      </div>
    </form>
  )
}

function Invited({ name, userId, link }: { name: string; userId: number; link: string }) {
  return (
    <section aria-labelledby="invited" className="grid gap-4">
      <h2 id="invited" tabIndex={-1} ref={focus} className="text-lg font-semibold">
        {name} is invited
      </h2>
      <ShownOnce
        label={`Link for ${name}`}
        text={link}
        hint="Send it to them: it sets their password, once, until this time tomorrow. It is not shown again."
      />
      <p className="flex flex-wrap gap-3">
        {/* A page of its own each time: a link would keep this one. */}
        <a href="/admin/people/new" className="grid min-h-11 place-items-center underline md:min-h-9">
          Invite somebody else
        </a>
        <LinkButton href={`/admin/people/${userId}`}>Look at {name}</LinkButton>
      </p>
    </section>
  )
}

/** The form that had the focus is gone. */
const focus = (heading: HTMLHeadingElement | null) => heading?.focus()
