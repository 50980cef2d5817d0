import type { Metadata } from 'next'
import Link from 'next/link'
import { v7 as uuidv7 } from 'uuid'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requirePerson, requireRestaurant } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { FilterChip } from '@/app/_ui/chip'
import { Empty } from '@/app/_ui/empty'
import { ExportLink } from '@/app/_ui/export-link'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { PageHeader } from '@/app/_ui/page-header'
import { Pager } from '@/app/_ui/pager'
import { RestaurantSwitcher } from '@/app/_ui/restaurant-switcher'
import { listSuggestions } from '@/db/queries/eighty-six-suggestions'
import { ALERT_SUPPLIERS_SHOWN, type AlertsBySupplier, SUPPLIER_ALERT_ROWS } from '@/db/queries/stock-alerts'
import { EightySixSuggestions } from '../eighty-six/suggestions'
import { InventoryNav } from '../inventory-nav'
import { AlertTable } from './alert-table'
import { loadAlerts } from './alerts-data'
import { alertGroups } from './groups'
import { ALL_ALERTS, type AlertsView, alertsHref, readAlertsView } from './search-params'

export const metadata: Metadata = { title: 'Stock alerts' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** What runs out, by who delivers it: whom to call first, for what, which dishes it stops, and what it costs. */
export default async function AlertsPage({ searchParams }: Props) {
  const view = readAlertsView(await searchParams)
  const { restaurants } = await requirePerson()
  const scope = view.restaurant
    ? await requireRestaurant(view.restaurant, 'stock:read')
    : await requireChain('stock:read')
  const kitchen = view.restaurant ? await requireRestaurant(view.restaurant, 'menu:eighty_six') : null
  const [format, data, suggestions] = await Promise.all([
    readerFormat(),
    loadAlerts(database(), scope, restaurants, view, new Date()),
    kitchen && listSuggestions(database(), kitchen),
  ])
  const { alerts } = data
  const here = restaurants.find(({ slug }) => slug === view.restaurant) ?? restaurants[0]
  return (
    <>
      {here ? <InventoryNav slug={here.slug} restaurants={[]} /> : null}
      <PageHeader title="Stock alerts" note="Low, or low before the supplier’s next delivery; worst first">
        {restaurants.length > 1 ? (
          <RestaurantSwitcher
            restaurants={restaurants}
            current={view.restaurant}
            action="/inventory/alerts"
            all="All restaurants"
            keep={{
              ...(view.supplierId && { supplier: String(view.supplierId) }),
              ...(view.withAnswered && { show: 'all' }),
            }}
          />
        ) : null}
        <ExportLink
          list="alerts"
          query={new URLSearchParams(alertsHref({ ...view, page: 1, answering: null }).split('?')[1])}
        />
      </PageHeader>
      <nav aria-label="Answers" className="flex gap-2 pb-4">
        {[false, true].map((withAnswered) => (
          <FilterChip
            key={String(withAnswered)}
            href={alertsHref({ ...view, withAnswered, page: 1, answering: null })}
            active={view.withAnswered === withAnswered}
          >
            {withAnswered ? 'With those that may wait' : 'Open'}
          </FilterChip>
        ))}
      </nav>
      {kitchen && suggestions ? (
        <EightySixSuggestions restaurant={kitchen.restaurant.slug} suggestions={suggestions} />
      ) : null}
      {view.supplierId && alerts.suppliers.length > 0 ? (
        <p className="pb-4">
          <Link
            href={alertsHref({ ...view, supplierId: null, page: 1, answering: null })}
            prefetch={false}
            className="underline"
          >
            All suppliers
          </Link>
        </p>
      ) : null}
      {alerts.suppliers.length === 0 ? (
        <NothingLow view={view} />
      ) : (
        <>
          {view.supplierId ? null : <Totals totals={alerts.totals} format={format} />}
          <AlertTable
            groups={alertGroups(data, view, format)}
            showRestaurant={view.restaurant === null && restaurants.length > 1}
            answering={view.answering}
            draftId={uuidv7()}
            back={alertsHref({ ...view, answering: null })}
          />
          <Pages alerts={alerts} view={view} format={format} />
        </>
      )}
    </>
  )
}

/** Turns the one supplier's rows, or the suppliers where there are more than a page of them. */
function Pages({
  alerts,
  view,
  format,
}: {
  alerts: AlertsBySupplier
  view: AlertsView
  format: MoneyFormat
}) {
  const [one] = alerts.suppliers
  const turned = view.supplierId
    ? { page: one?.page ?? 1, pageSize: SUPPLIER_ALERT_ROWS, total: one?.items ?? 0 }
    : { page: alerts.page, pageSize: ALERT_SUPPLIERS_SHOWN, total: alerts.totals.suppliers }
  if (turned.total <= turned.pageSize) return null
  return (
    <Pager
      {...turned}
      href={(page) => alertsHref({ ...view, page, answering: null })}
      locale={format.locale}
    />
  )
}

function Totals({ totals, format }: { totals: AlertsBySupplier['totals']; format: MoneyFormat }) {
  return (
    <FigureRow>
      <Figure label="Out" value={totals.out.toLocaleString(format.locale)} />
      <Figure label="Low" value={totals.low.toLocaleString(format.locale)} />
      <Figure label="Low before the next delivery" value={totals.forecast.toLocaleString(format.locale)} />
      <Figure label="Suppliers" value={totals.suppliers.toLocaleString(format.locale)} />
      <Figure label="To order, up to par" value={<Money cents={totals.cost} format={format} />} />
    </FigureRow>
  )
}

function NothingLow({ view }: { view: AlertsView }) {
  const narrowed = view.supplierId !== null || view.restaurant !== null
  return (
    <Empty
      title={narrowed ? 'Nothing is low here' : 'Nothing is low'}
      action={
        narrowed ? (
          <LinkButton href={alertsHref({ ...ALL_ALERTS, withAnswered: view.withAnswered })}>
            Show all alerts
          </LinkButton>
        ) : null
      }
    >
      An ingredient appears here as soon as a restaurant has no more of it than its minimum, or will have
      before its supplier can deliver: with how much to buy, and the dishes that stop without it.
      {view.withAnswered ? '' : ' What somebody said may wait is left out.'}
    </Empty>
  )
}
