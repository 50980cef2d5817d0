'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { anonymise } from '../actions'

type Props = {
  customerId: number
  name: string
  /** Orders that a kitchen still works on. */
  open: number
  mayAnonymise: boolean
}

/** Forgets who a guest was, after saying what goes and what stays. */
export function AnonymiseForm({ customerId, name, open, mayAnonymise }: Props) {
  const [result, action, isPending] = useActionState<Awaited<ReturnType<typeof anonymise>> | null, FormData>(
    anonymise,
    null,
  )
  return (
    <section aria-labelledby="anonymise" className="grid gap-3 border-t border-line py-4">
      <h2 id="anonymise" className="text-lg font-semibold">
        Anonymise
      </h2>
      <FormMessage>{result?.ok === false && result.message}</FormMessage>
      <ul className="grid max-w-prose list-disc gap-1 pl-5 text-muted">
        <li>
          What goes: name, phone and e-mail, the name or address on every order, and every note and request
          that came with one, in all restaurants.
        </li>
        <li>
          What stays: which dishes were ordered, when, where and for how much, without saying by whom. No
          figure changes.
        </li>
        <li>It can’t be undone. Backups made before keep the name until they are deleted.</li>
      </ul>
      <Hindrance open={open} mayAnonymise={mayAnonymise} />
      {mayAnonymise && open === 0 ? (
        <details>
          <summary className="flex min-h-11 w-fit items-center rounded-md border border-edge px-4 font-semibold hover:bg-wash md:min-h-9 md:px-3">
            Anonymise…
          </summary>
          <form
            action={action}
            onSubmit={(event) => isPending && event.preventDefault()}
            className="flex flex-wrap items-center gap-3 pt-3"
          >
            <input type="hidden" name="customer" value={customerId} />
            <Button variant="danger" aria-busy={isPending} className="max-w-full overflow-hidden">
              Forget {name} for good
            </Button>
          </form>
        </details>
      ) : null}
    </section>
  )
}

function Hindrance({ open, mayAnonymise }: Pick<Props, 'open' | 'mayAnonymise'>) {
  if (!mayAnonymise)
    return <p className="max-w-prose">Only an admin may do this, since it is for all restaurants: ask one.</p>
  if (open === 0) return null
  return (
    <p className="max-w-prose">
      {open === 1 ? 'An order is' : `${open} orders are`} still on a wall and needed there as{' '}
      {open === 1 ? 'it is' : 'they are'}. Come back once {open === 1 ? 'it has' : 'they have'} left the
      kitchen.
    </p>
  )
}
