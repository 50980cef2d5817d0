'use client'

import { useActionState } from 'react'
import { PASSWORD_LENGTH } from '@/domain/sign-in'
import { Button } from '../../../_ui/button'
import { TextField } from '../../../_ui/field'
import { FormMessage } from '../../../_ui/form-message'
import { setPassword } from './actions'

type Result = Awaited<ReturnType<typeof setPassword>> | null

export function PasswordForm({ token, email }: { token: string; email: string }) {
  const [result, action, isPending] = useActionState<Result, FormData>(setPassword, null)
  const failure = result?.ok === false ? result : null
  return (
    <form action={action} onSubmit={(event) => isPending && event.preventDefault()} className="grid gap-4">
      <FormMessage>{failure && !failure.fields && failure.message}</FormMessage>
      <input type="hidden" name="token" value={token} />
      {/* Tells the browser's password manager whose password this is. */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <TextField
        label="New password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint={`${PASSWORD_LENGTH.least} characters or more; a few words are easy to keep in mind.`}
        required
        minLength={PASSWORD_LENGTH.least}
        maxLength={PASSWORD_LENGTH.most}
        error={failure?.fields?.password}
      />
      <TextField
        label="New password again"
        name="passwordAgain"
        type="password"
        autoComplete="new-password"
        required
        maxLength={PASSWORD_LENGTH.most}
        error={failure?.fields?.passwordAgain}
      />
      <Button variant="primary" aria-busy={isPending}>
        Set password and sign in
      </Button>
    </form>
  )
}
