import type { MoneyFormat } from '@/app/_ui/money'
import { ALERT_ROWS, type StockAlert, type SupplierAlerts } from '@/db/queries/inventory'
import { formatMoney } from '@/domain/money'
import { formatQuantity } from '@/domain/quantity'
import { type AlertsView, alertsHref } from './search-params'

/** One row of the table, as it is read. */
export type AlertLine = {
  key: string
  ingredient: string
  restaurant: string
  isOut: boolean
  onHand: string
  minimum: string
  par: string
  buy: string
  cost: string
  /** Shares of par in percent, for the bar. */
  onHandShare: number
  minimumShare: number
}

/** One supplier with what to order there, as it is read. */
export type AlertGroup = {
  id: number
  name: string
  contactPerson: string
  phone: string
  email: string
  isActive: boolean
  delivery: string
  out: number
  items: string
  cost: string
  lines: AlertLine[]
  /** The way to all of this supplier's rows, where these are not all. */
  rest: { href: string; shown: number } | null
}

/** What the table shows, with every figure written for the reader. */
export function alertGroups(
  suppliers: readonly SupplierAlerts[],
  view: AlertsView,
  format: MoneyFormat,
): AlertGroup[] {
  return suppliers.map((supplier) => ({
    id: supplier.id,
    name: supplier.name,
    contactPerson: supplier.contactPerson,
    phone: supplier.phone,
    email: supplier.email,
    isActive: supplier.isActive,
    delivery: deliveryWords(supplier.leadTimeDays),
    out: supplier.out,
    items: `${supplier.items.toLocaleString(format.locale)} ${supplier.items === 1 ? 'item' : 'items'}`,
    cost: formatMoney(supplier.cost, format.currency, format.locale),
    lines: supplier.rows.map((row) => alertLine(row, format)),
    rest:
      view.supplierId === null && supplier.items > ALERT_ROWS
        ? { href: alertsHref({ ...view, supplierId: supplier.id, page: 1 }), shown: supplier.rows.length }
        : null,
  }))
}

function alertLine(row: StockAlert, { currency, locale }: MoneyFormat): AlertLine {
  const quantity = (value: string) => formatQuantity(value, row.unit, locale)
  const shareOfPar = (value: string) => {
    const par = Number(row.par)
    return par > 0 ? Math.round(Math.max(0, Number(value) / par) * 100) : 0
  }
  return {
    key: `${row.restaurantId} ${row.ingredientId}`,
    ingredient: row.ingredient,
    restaurant: row.restaurant,
    isOut: row.isOut,
    onHand: quantity(row.onHand),
    minimum: quantity(row.minimum),
    par: quantity(row.par),
    buy: `${row.packs.toLocaleString(locale)} × ${quantity(row.packSize)}`,
    cost: formatMoney(row.cost, currency, locale),
    onHandShare: shareOfPar(row.onHand),
    minimumShare: shareOfPar(row.minimum),
  }
}

function deliveryWords(days: number): string {
  if (days === 0) return 'delivers the same day'
  return days === 1 ? 'delivers the next day' : `delivers within ${days} days`
}
