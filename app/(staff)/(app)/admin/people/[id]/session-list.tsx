'use client'

import { useActionState } from 'react'
import { Button } from '@/app/_ui/button'
import { FormMessage } from '@/app/_ui/form-message'
import { endSession } from '../actions'
import { browserWords } from './browser-words'

type Result = Awaited<ReturnType<typeof endSession>> | null

type Session = {
  id: number
  userAgent: string | null
  ipAddress: string | null
  /** In words, like `lastSeen`. */
  since: string
  lastSeen: string
  isCurrent: boolean
}

/** Where a person is signed in, and how to end that. One form: its buttons say which. */
export function SessionList({
  userId,
  isOwn,
  sessions,
}: {
  userId: number
  isOwn: boolean
  sessions: readonly Session[]
}) {
  const [result, action, isPending] = useActionState<Result, FormData>(endSession, null)
  const others = sessions.filter(({ isCurrent }) => !isCurrent)
  return (
    <section aria-labelledby="sessions" className="grid gap-3 border-t border-line py-4">
      <h2 id="sessions" className="text-lg font-semibold">
        Signed in
      </h2>
      <FormMessage>{result?.ok === false && result.message}</FormMessage>
      <p role="status" className="empty:hidden">
        {result?.ok ? endedWords(result.ended) : null}
      </p>
      {sessions.length === 0 ? <p className="text-muted">Nowhere at the moment.</p> : null}
      <form
        action={action}
        onSubmit={(event) => isPending && event.preventDefault()}
        className="grid gap-3 empty:hidden"
      >
        <input type="hidden" name="userId" value={userId} />
        <ul className="grid empty:hidden">
          {sessions.map((session) => (
            <li key={session.id} className="flex items-center gap-3 border-b border-line py-1">
              <p className="min-w-0 grow wrap-anywhere">
                {browserWords(session.userAgent)}
                <small className="block text-sm text-muted">
                  {session.ipAddress ? `${session.ipAddress}, ` : ''}signed in {session.since}, last seen{' '}
                  {session.lastSeen}
                </small>
              </p>
              {session.isCurrent ? (
                <span className="font-semibold text-accent">This one</span>
              ) : (
                <Button
                  name="sessionId"
                  value={session.id}
                  aria-busy={isPending}
                  aria-label={`End ${browserWords(session.userAgent)}, last seen ${session.lastSeen}`}
                >
                  End
                </Button>
              )}
            </li>
          ))}
        </ul>
        {others.length > 1 ? (
          <div>
            <Button aria-busy={isPending}>{isOwn ? 'End all others' : `End all ${others.length}`}</Button>
          </div>
        ) : null}
      </form>
    </section>
  )
}

const endedWords = (ended: number) =>
  ended === 0
    ? 'It had ended already.'
    : `${ended === 1 ? 'The session' : `${ended} sessions`} ended: whoever used it has to sign in again.`
