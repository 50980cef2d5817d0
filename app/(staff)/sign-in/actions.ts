'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { credentialsSchema } from '@/domain/sign-in'
import { definePublicAction } from '../../_server/action'
import { safeNext } from '../../_server/origin'
import { endSession, startSession } from '../../_server/sign-in'

/** Signs in and goes on to `next`, or to the overview. */
export const signIn = definePublicAction({
  name: 'session.start',
  input: credentialsSchema.extend({ next: z.string().optional().catch(undefined) }),
  run: async ({ next, ...credentials }) => {
    const result = await startSession(credentials)
    if (result.ok) redirect(safeNext(next))
    return result
  },
  words: {
    wrong_credentials: 'E-mail or password is not right. Check both and try again.',
    deactivated: 'This account is deactivated. Ask your admin to activate it again.',
    too_many_failures: ({ until }) => {
      const minutes = Math.ceil((Date.parse(until) - Date.now()) / 60_000)
      return `Too many tries for this account. Wait ${minutes === 1 ? 'a minute' : `${minutes} minutes`}, then try again.`
    },
    too_many_from_here: ({ seconds }) =>
      `Too many people are signing in right now. Try again in ${seconds} seconds.`,
  },
})

const leave = definePublicAction({
  name: 'session.end',
  input: z.unknown(),
  words: {},
  run: async () => {
    await endSession()
    redirect('/sign-in')
  },
})

/** Ends the session of whoever pressed the button. */
export async function signOut(): Promise<void> {
  await leave(null)
}
