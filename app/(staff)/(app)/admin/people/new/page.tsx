import type { Metadata } from 'next'
import Link from 'next/link'
import { requireChain, requirePerson } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { NewPersonForm } from './new-person-form'

export const metadata: Metadata = { title: 'Invite somebody' }

/** Adds a person, who then sets a password by a link. */
export default async function NewPersonPage() {
  await requireChain('chain:manage')
  const { restaurants } = await requirePerson()
  return (
    <div className="max-w-2xl">
      <p className="pb-2">
        <Link href="/admin/people" prefetch={false} className="underline">
          People
        </Link>
      </p>
      <PageHeader title="Invite somebody" note="They set their own password, by a link that you send them" />
      <NewPersonForm restaurants={restaurants.map(({ id, name }) => ({ id, name }))} />
    </div>
  )
}
