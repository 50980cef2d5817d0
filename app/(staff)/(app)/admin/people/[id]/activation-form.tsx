'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { deactivate, reactivate } from '../actions'

type Props = {
  userId: number
  name: string
  isActive: boolean
  /** Why they can't be deactivated, if they can't. */
  hindrance: 'own_account' | 'last_admin' | null
  /** How many end. */
  sessions: number
  /** How many they paired stay. */
  screens: number
}

/** Ends an account, after what that means, or brings it back. */
export function ActivationForm(props: Props) {
  return props.isActive ? <Deactivation {...props} /> : <Reactivation {...props} />
}

function Deactivation({ userId, name, hindrance, sessions, screens }: Props) {
  const [result, action, isPending] = useActionState<Awaited<ReturnType<typeof deactivate>> | null, FormData>(
    deactivate,
    null,
  )
  return (
    <section aria-labelledby="deactivate" className="grid gap-3 border-t border-line py-4">
      <h2 id="deactivate" className="text-lg font-semibold">
        Deactivate
      </h2>
      <FormMessage>{result?.ok === false && result.message}</FormMessage>
      {hindrance ? (
        <p className="max-w-prose text-muted">{HINDRANCES[hindrance]}</p>
      ) : (
        <>
          <ul className="grid max-w-prose list-disc gap-1 pl-5 text-muted">
            <li>
              {name} can’t sign in any more
              {sessions > 0
                ? `, and ${sessions === 1 ? 'the one session' : `all ${sessions} sessions`} end at once`
                : ''}
              . A link that was not used yet dies.
            </li>
            {screens > 0 ? (
              <li>
                {screens === 1 ? 'The screen' : `The ${screens} screens`} that they paired{' '}
                {screens === 1 ? 'stays' : 'stay'} paired.
              </li>
            ) : null}
            <li>What they did stays on record under their name, and they can be activated again.</li>
          </ul>
          <details>
            <summary className="flex min-h-11 w-fit items-center rounded-md border border-edge px-4 font-semibold hover:bg-wash md:min-h-9 md:px-3">
              Deactivate…
            </summary>
            <form action={action} onSubmit={(event) => isPending && event.preventDefault()} className="pt-3">
              <input type="hidden" name="userId" value={userId} />
              <Button variant="danger" aria-busy={isPending} className="max-w-full overflow-hidden">
                Deactivate {name} now
              </Button>
            </form>
          </details>
        </>
      )}
    </section>
  )
}

const HINDRANCES = {
  own_account: 'This is your own account: only another admin can deactivate it.',
  last_admin: 'The last active admin can’t be deactivated. Make somebody else an admin first.',
}

function Reactivation({ userId, name }: Props) {
  const [result, action, isPending] = useActionState<Awaited<ReturnType<typeof reactivate>> | null, FormData>(
    reactivate,
    null,
  )
  return (
    <section aria-labelledby="activate" className="grid gap-3 border-t border-line py-4">
      <div>
        <h2 id="activate" className="text-lg font-semibold">
          Activate again
        </h2>
        <p className="max-w-prose text-muted">
          {name} can then sign in as before, with the same password, role and restaurants.
        </p>
      </div>
      <FormMessage>{result?.ok === false && result.message}</FormMessage>
      <form action={action} onSubmit={(event) => isPending && event.preventDefault()}>
        <input type="hidden" name="userId" value={userId} />
        <Button aria-busy={isPending}>Activate {name}</Button>
      </form>
    </section>
  )
}
