'use client'

import { useActionState, useSyncExternalStore } from 'react'
import { Button } from '../../_ui/button'
import { TextField } from '../../_ui/field'
import { FormMessage } from '../../_ui/form-message'
import { signIn } from './actions'

type Result = Awaited<ReturnType<typeof signIn>> | null

/** Sends plain form data, so it works before and without JavaScript. */
export function SignInForm({ next }: { next: string }) {
  const [result, action, isPending] = useActionState<Result, FormData>(signIn, null)
  const failure = result?.ok === false ? result : null
  return (
    <form action={action} onSubmit={(event) => isPending && event.preventDefault()} className="grid gap-4">
      <FormMessage>{failure && !failure.fields && <Words failure={failure} />}</FormMessage>
      <input type="hidden" name="next" value={next} />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        maxLength={254}
        defaultValue={failure?.values?.email}
        error={failure?.fields?.email}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={failure?.fields?.password}
      />
      <Button variant="primary" aria-busy={isPending}>
        Sign in
      </Button>
    </form>
  )
}

/** The server says how long to wait; only the browser knows what the clock on its wall shows then. */
function Words({ failure }: { failure: Extract<Result, { ok: false }> }) {
  const inBrowser = useSyncExternalStore(neverChanges, yes, no)
  if (failure.reason !== 'too_many_failures' || !inBrowser) return failure.message
  const time = new Date(failure.until).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
  return `Too many tries for this account. Wait until ${time}, then try again.`
}

const neverChanges = () => () => {}
const yes = () => true
const no = () => false
