import type { Metadata } from 'next'
import Link from 'next/link'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requirePerson, requireRestaurant } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { Empty } from '@/app/_ui/empty'
import { ExportLink } from '@/app/_ui/export-link'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { Money, type MoneyFormat } from '@/app/_ui/money'
import { PageHeader } from '@/app/_ui/page-header'
import { Pager } from '@/app/_ui/pager'
import { RestaurantSwitcher } from '@/app/_ui/restaurant-switcher'
import { ALERT_ROWS, ALERT_SUPPLIERS, listStockAlerts, type StockAlerts } from '@/db/queries/inventory'
import { AlertTable } from './alert-table'
import { alertGroups } from './groups'
import { type AlertsView, alertsHref, readAlertsView } from './search-params'

export const metadata: Metadata = { title: 'Stock alerts' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** What is at or below its minimum, by who delivers it: whom to call first, for what, and what it costs. */
export default async function AlertsPage({ searchParams }: Props) {
  const view = readAlertsView(await searchParams)
  const { restaurants } = await requirePerson()
  const scope = view.restaurant
    ? await requireRestaurant(view.restaurant, 'stock:read')
    : await requireChain('stock:read')
  const [format, alerts] = await Promise.all([
    readerFormat(),
    listStockAlerts(database(), scope, { supplierId: view.supplierId, page: view.page }),
  ])
  return (
    <>
      <PageHeader title="Stock alerts" note="At or below the minimum, worst first">
        {restaurants.length > 1 ? (
          <RestaurantSwitcher
            restaurants={restaurants}
            current={view.restaurant}
            action="/inventory/alerts"
            all="All restaurants"
            keep={view.supplierId ? { supplier: String(view.supplierId) } : {}}
          />
        ) : null}
        <ExportLink
          list="alerts"
          query={new URLSearchParams(alertsHref({ ...view, page: 1 }).split('?')[1])}
        />
      </PageHeader>
      {view.supplierId && alerts.suppliers.length > 0 ? (
        <p className="pb-4">
          <Link
            href={alertsHref({ ...view, supplierId: null, page: 1 })}
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
            groups={alertGroups(alerts.suppliers, view, format)}
            showRestaurant={view.restaurant === null && restaurants.length > 1}
          />
          <Pages alerts={alerts} view={view} format={format} />
        </>
      )}
    </>
  )
}

/** Turns the one supplier's rows, or the suppliers where there are more than a page of them. */
function Pages({ alerts, view, format }: { alerts: StockAlerts; view: AlertsView; format: MoneyFormat }) {
  const [one] = alerts.suppliers
  const turned = view.supplierId
    ? { page: one?.page ?? 1, pageSize: ALERT_ROWS, total: one?.items ?? 0 }
    : { page: alerts.page, pageSize: ALERT_SUPPLIERS, total: alerts.totals.suppliers }
  if (turned.total <= turned.pageSize) return null
  return <Pager {...turned} href={(page) => alertsHref({ ...view, page })} locale={format.locale} />
}

function Totals({ totals, format }: { totals: StockAlerts['totals']; format: MoneyFormat }) {
  return (
    <FigureRow>
      <Figure label="Low items" value={totals.items.toLocaleString(format.locale)} />
      <Figure label="Of these out" value={totals.out.toLocaleString(format.locale)} />
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
      action={narrowed ? <LinkButton href="/inventory/alerts">Show all alerts</LinkButton> : null}
    >
      An ingredient appears here as soon as a restaurant has no more of it than its minimum, with its supplier
      and how much to buy.
    </Empty>
  )
}
