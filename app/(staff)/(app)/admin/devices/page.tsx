import type { Metadata } from 'next'
import { database } from '@/app/_server/database'
import { environment, ownOrigins } from '@/app/_server/environment'
import { requireChain, requirePerson, requireRestaurant } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { RestaurantSwitcher } from '@/app/_ui/restaurant-switcher'
import { listDevices } from '@/db/queries/devices'
import { ApproveForm } from './approve-form'
import { DeviceTable } from './device-table'

export const metadata: Metadata = { title: 'Devices' }

/** More than any one restaurant has; a chain that has more looks at them by restaurant. */
const MOST_ROWS = 300

type Props = { searchParams: Promise<{ restaurant?: string | string[] }> }

/** The wall screens: pairing a new one, and how those that are paired do. */
export default async function DevicesPage({ searchParams }: Props) {
  const { restaurant } = await searchParams
  const slug = typeof restaurant === 'string' && restaurant ? restaurant : null
  const { restaurants } = await requirePerson()
  const scope = slug ? await requireRestaurant(slug, 'devices:manage') : await requireChain('devices:manage')
  const { devices, total } = await listDevices(database(), scope, { limit: MOST_ROWS })
  const [only] = restaurants
  return (
    <>
      <PageHeader title="Devices" note="Wall screens, which show tickets and bump them, and nothing else">
        {restaurants.length > 1 ? (
          <RestaurantSwitcher
            restaurants={restaurants}
            current={slug}
            action="/admin/devices"
            all="All restaurants"
          />
        ) : null}
      </PageHeader>
      {only ? (
        <section aria-labelledby="pair" className="grid gap-3 border-t border-line py-4">
          <div>
            <h2 id="pair" className="text-lg font-semibold">
              Pair a screen
            </h2>
            <p className="text-muted">
              Open <strong className="text-ink">{pairAddress()}</strong> on the screen. It shows a code; type
              it here.
            </p>
          </div>
          <ApproveForm
            restaurants={restaurants.map(({ slug, name }) => ({ slug, name }))}
            chosen={slug ?? (restaurants.length === 1 ? only.slug : null)}
          />
        </section>
      ) : null}
      <section aria-label="Screens" className="pt-4">
        {devices.length === 0 ? (
          <Empty title={slug ? 'No screen is paired here yet' : 'No screen is paired yet'}>
            Each screen appears here with when it was last seen. From here it can be renamed, or revoked when
            it is lost.
          </Empty>
        ) : (
          <DeviceTable
            devices={devices}
            now={Date.now()}
            showRestaurant={slug === null && restaurants.length > 1}
          />
        )}
        {total > devices.length ? (
          <p className="pt-3 text-muted">
            These are the first {devices.length} of {total}. Choose a restaurant to see all of its own.
          </p>
        ) : null}
        {devices.some(({ revokedAt }) => revokedAt !== null) ? (
          <p className="pt-3 text-muted">Revoked screens stay listed for 30 days.</p>
        ) : null}
      </section>
    </>
  )
}

const pairAddress = () => `${ownOrigins(environment())[0]?.replace(/^https?:\/\//, '')}/pair`
