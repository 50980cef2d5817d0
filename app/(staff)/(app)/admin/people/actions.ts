'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { environment, ownOrigins } from '@/app/_server/environment'
import { sessionToken } from '@/app/_server/session'
import {
  changePerson,
  createPerson,
  deactivatePerson,
  endSessions,
  invitePerson,
  reactivatePerson,
} from '@/db/mutations/people'
import { changedPersonSchema, newPersonSchema } from '@/domain/person'

const UNKNOWN_PERSON = 'There is nobody here any more. Go back to the list.'
const UNKNOWN_RESTAURANT = 'One of these restaurants was closed meanwhile. Reload the page and choose again.'
const LAST_ADMIN = 'They are the only active admin left. Make somebody else an admin first.'

const aPerson = z.object({ userId: z.coerce.number().int().min(1).max(999_999_999) })

/** Adds a person and answers with the link that lets them in, which is not seen again. */
export const invite = defineAction({
  name: 'person.create',
  input: newPersonSchema,
  permission: 'chain:manage',
  run: async (scope, input) => {
    const created = await createPerson(database(), scope, input)
    if (!created.ok) return created
    return { ok: true, name: input.name, userId: created.userId, link: inviteLink(created.token) } as const
  },
  words: {
    email_taken: 'Somebody with this e-mail address is here already.',
    unknown_restaurant: UNKNOWN_RESTAURANT,
  },
})

/** Changes name, role and restaurants of a person; the action of a `RecordForm`. */
export const change = defineAction({
  name: 'person.change',
  input: changedPersonSchema,
  permission: 'chain:manage',
  run: async (scope, { id: userId, ...input }) => {
    const changed = await changePerson(database(), scope, { userId, ...input })
    if (!changed.ok) return changed
    refresh()
    const { name, role, restaurantIds } = input
    return { ok: true, doc: { name, role, restaurantIds } } as const
  },
  words: {
    unknown_person: UNKNOWN_PERSON,
    unknown_restaurant: UNKNOWN_RESTAURANT,
    own_account: 'You can’t change your own role. Ask another admin to do it.',
    last_admin: LAST_ADMIN,
    changed_meanwhile: 'Somebody else saved this person after you opened it. Compare below, then save again.',
  },
})

/** A new one-time link for somebody who has no password, or lost it. */
export const renewLink = defineAction({
  name: 'person.invite_again',
  input: aPerson,
  permission: 'chain:manage',
  run: async (scope, input) => {
    const invited = await invitePerson(database(), scope, input)
    return invited.ok ? ({ ok: true, link: inviteLink(invited.token) } as const) : invited
  },
  words: {
    unknown_person: UNKNOWN_PERSON,
    deactivated: 'This account is deactivated. Activate it first.',
  },
})

/** Ends one session, or all; of one's own all but the one that asks. */
export const endSession = defineAction({
  name: 'person.end_sessions',
  input: aPerson.extend({ sessionId: z.coerce.number().int().min(1).max(999_999_999).optional() }),
  permission: 'chain:manage',
  run: async (scope, { userId, sessionId = null }) => {
    const ended = await endSessions(database(), scope, { userId, sessionId, keep: await sessionToken() })
    if (ended.ok) refresh()
    return ended
  },
  words: { unknown_person: UNKNOWN_PERSON },
})

/** Shuts a person out, at once. */
export const deactivate = defineAction({
  name: 'person.deactivate',
  input: aPerson,
  permission: 'chain:manage',
  run: async (scope, input) => {
    const done = await deactivatePerson(database(), scope, input)
    if (done.ok) refresh()
    return done
  },
  words: {
    unknown_person: UNKNOWN_PERSON,
    own_account: 'You can’t deactivate your own account. Ask another admin to do it.',
    last_admin: LAST_ADMIN,
  },
})

/** Lets a person in again. */
export const reactivate = defineAction({
  name: 'person.activate',
  input: aPerson,
  permission: 'chain:manage',
  run: async (scope, input) => {
    const done = await reactivatePerson(database(), scope, input)
    if (done.ok) refresh()
    return done
  },
  words: { unknown_person: UNKNOWN_PERSON },
})

const inviteLink = (token: string) => `${ownOrigins(environment())[0]}/invite/${token}`
