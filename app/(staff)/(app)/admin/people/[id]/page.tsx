import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { database } from '@/app/_server/database'
import { requireChain, requirePerson, sessionToken } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { StatusMark } from '@/app/_ui/status-mark'
import { timeAgo } from '@/app/_ui/time-ago'
import { getPerson, listSessions } from '@/db/queries/people'
import { personState, SEEN_MINUTES } from '../words'
import { ActivationForm } from './activation-form'
import { ChangeForm } from './change-form'
import { LinkForm } from './link-form'
import { SessionList } from './session-list'

type Props = { params: Promise<{ id: string }> }

const findPerson = cache(async (id: string) => {
  const scope = await requireChain('chain:manage')
  const person = /^[1-9]\d{0,8}$/.test(id) ? await getPerson(database(), scope, Number(id)) : null
  return { person: person ?? notFound(), scope }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { person } = await findPerson((await params).id)
  return { title: person.name }
}

/** One person: what they may and where, their way in, where they are signed in, and their end. */
export default async function PersonPage({ params }: Props) {
  const { person, scope } = await findPerson((await params).id)
  const viewer = await requirePerson()
  const sessions = await listSessions(database(), scope, {
    userId: person.id,
    currentToken: await sessionToken(),
  })
  const { tone, word } = personState(person)
  const now = Date.now()
  const isOwn = person.id === viewer.userId
  return (
    <div className="max-w-2xl">
      <p className="pb-2">
        <Link href="/admin/people" prefetch={false} className="underline">
          People
        </Link>
      </p>
      <PageHeader title={person.name} note={person.email}>
        <StatusMark tone={tone}>{word}</StatusMark>
      </PageHeader>
      <p className="border-t border-line py-3 text-muted">
        Added {timeAgo(person.createdAt, now)},{' '}
        {person.lastSeenAt === null
          ? 'never seen yet'
          : `last seen ${timeAgo(person.lastSeenAt, now, SEEN_MINUTES)}`}
        .
      </p>
      <ChangeForm
        id={person.id}
        base={{ name: person.name, role: person.role, restaurantIds: person.restaurantIds }}
        restaurants={viewer.restaurants.map(({ id, name }) => ({ id, name }))}
        isOwn={isOwn}
      />
      {person.isActive ? (
        <>
          <LinkForm userId={person.id} name={person.name} hasPassword={person.hasPassword} />
          <SessionList
            userId={person.id}
            isOwn={isOwn}
            sessions={sessions.map(({ lastSeenAt, since: begun, ...session }) => ({
              ...session,
              lastSeen: timeAgo(lastSeenAt, now, SEEN_MINUTES),
              since: timeAgo(begun, now),
            }))}
          />
        </>
      ) : null}
      <ActivationForm
        userId={person.id}
        name={person.name}
        isActive={person.isActive}
        hindrance={isOwn ? 'own_account' : person.isOnlyAdmin ? 'last_admin' : null}
        sessions={sessions.length}
        screens={person.screens}
      />
    </div>
  )
}
