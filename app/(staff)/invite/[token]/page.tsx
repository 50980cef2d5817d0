import type { Metadata } from 'next'
import { findPasswordLink } from '@/db/queries/access'
import { database } from '../../../_server/database'
import { DeadLink } from './dead-link'
import { PasswordForm } from './password-form'

export const metadata: Metadata = { title: 'Set your password' }

/**
 * Looking at the page uses nothing up, so that a mail scanner may follow the link first. A dead link is explained with
 * status 200: Next leaves the body of `notFound()` to JavaScript (its issue 62228), and this page works without.
 */
export default async function InvitePage({ params }: { params: Promise<{ token: string }> }) {
  const { token } = await params
  const person = await findPasswordLink(database(), token)
  if (!person) return <DeadLink />
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-6 px-4 py-12">
      <header className="grid gap-1">
        <p className="font-semibold text-accent">Brigade</p>
        <h1 className="text-2xl font-semibold tracking-[-0.01em]">Set your password</h1>
        <p className="text-muted">
          For {person.name}, {person.email}. Wherever this account is signed in now, it will be signed out.
        </p>
      </header>
      <PasswordForm token={token} email={person.email} />
    </main>
  )
}
