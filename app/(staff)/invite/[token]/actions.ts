'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { setPasswordByLink } from '@/db/mutations/users'
import { hashPassword } from '@/db/password'
import { findPasswordLink } from '@/db/queries/access'
import { newPasswordSchema } from '@/domain/sign-in'
import { definePublicAction } from '../../../_server/action'
import { database } from '../../../_server/database'
import { startSession } from '../../../_server/sign-in'

/** Uses up a one-time link, signs its person in with the new password and shows the overview. */
export const setPassword = definePublicAction({
  name: 'password.set',
  input: newPasswordSchema.safeExtend({ token: z.string().max(200) }),
  run: async ({ token, password }) => {
    const db = database()
    // Hashing is costly: not for whoever makes up links.
    if (!(await findPasswordLink(db, token))) return { ok: false, reason: 'link_used' } as const
    const passwordHash = await hashPassword(password)
    const result = await setPasswordByLink(db, { token, passwordHash })
    if (!result.ok) return result
    const session = await startSession({ email: result.email, password })
    redirect(session.ok ? '/overview' : '/sign-in')
  },
  words: { link_used: 'This link was used already or is older than a day. Ask your admin for a new one.' },
})
