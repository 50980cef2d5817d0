import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { database } from '@/app/_server/database'
import { requireChain, requirePerson } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { RestaurantSwitcher } from '@/app/_ui/restaurant-switcher'
import { listApiKeys } from '@/db/queries/api-keys'
import { CreateForm } from './create-form'
import { KeyTable } from './key-table'

export const metadata: Metadata = { title: 'API keys' }

/** More than any one restaurant has; a chain that has more looks at them by restaurant. */
const MOST_ROWS = 300

type Props = { searchParams: Promise<{ restaurant?: string | string[] }> }

/** The keys with which a POS or a web shop sends orders: making one, when each was used, and ending it. */
export default async function ApiKeysPage({ searchParams }: Props) {
  const { restaurant } = await searchParams
  const slug = typeof restaurant === 'string' && restaurant ? restaurant : null
  const scope = await requireChain('chain:manage')
  const { restaurants } = await requirePerson()
  const chosen = restaurants.find((each) => each.slug === slug) ?? null
  if (slug && !chosen) notFound()
  const { keys, total } = await listApiKeys(database(), scope, {
    restaurantId: chosen?.id ?? null,
    limit: MOST_ROWS,
  })
  return (
    <>
      <PageHeader
        title="API keys"
        note={
          <>
            With one a POS or a web shop sends orders to one restaurant and reads its menu.{' '}
            <Link href="/developers" prefetch={false} className="underline">
              How
            </Link>
          </>
        }
      >
        <RestaurantSwitcher
          restaurants={restaurants}
          current={slug}
          action="/admin/api-keys"
          all="All restaurants"
        />
      </PageHeader>
      <section aria-labelledby="make" className="grid gap-3 border-t border-line py-4">
        <div>
          <h2 id="make" className="text-lg font-semibold">
            Make a key
          </h2>
          <p className="text-muted">
            A restaurant has two at most, so that software can change to a new one before the old one ends.
          </p>
        </div>
        <CreateForm
          restaurants={restaurants.map((each) => ({ slug: each.slug, name: each.name }))}
          chosen={slug}
        />
      </section>
      <section aria-label="Keys" className="pt-4">
        {keys.length === 0 ? (
          <Empty title={slug ? 'No key opens this restaurant yet' : 'There is no key yet'}>
            Each key appears here with when it was last used. From here it can be revoked.
          </Empty>
        ) : (
          <KeyTable keys={keys} now={Date.now()} />
        )}
        {total > keys.length ? (
          <p className="pt-3 text-muted">
            These are the first {keys.length} of {total}. Choose a restaurant to see all of its own.
          </p>
        ) : null}
        {keys.some(({ revokedAt }) => revokedAt !== null) ? (
          <p className="pt-3 text-muted">Revoked keys stay listed for 90 days.</p>
        ) : null}
      </section>
    </>
  )
}
