import type { MoneyFormat } from '@/app/_ui/money'
import { type AlertsOfSupplier, type OpenAlert, SUPPLIER_ALERT_ROWS } from '@/db/queries/stock-alerts'
import type { StoppedDish } from '@/db/queries/stopped-dishes'
import { addDays, type BusinessDate } from '@/domain/business-day'
import { formatMoney } from '@/domain/money'
import { formatQuantity } from '@/domain/quantity'
import type { AlertKind } from '@/domain/vocabulary'
import { dateWords } from '../[restaurant]/orders/words'
import { type AlertsData, pairKey } from './alerts-data'
import { type AlertsView, alertsHref } from './search-params'

/** One row of the table, as it is read. What a row lacks is left out: rows are sent by the hundred. */
export type AlertLine = {
  restaurantId: number
  ingredientId: number
  ingredient: string
  kind: AlertKind
  onHand: string
  minimum: string
  par: string
  onOrder?: string
  /** How many business days it lasts, and the day on which it runs out if that is near; left out where nothing is used. */
  days?: number
  until?: string
  /** Dishes that can't be prepared by now, and those that stop when it runs out. */
  stopped?: string
  stops?: string
  /** Packs, and what they cost. */
  buy?: string
  cost?: string
  /** Who said that it may wait, why and until when. */
  answer?: string
  /** On hand and minimum as shares of par in percent, for the bar. */
  level: [onHand: number, minimum: number]
}

/** A restaurant of the table. */
export type AlertPlace = { id: number; slug: string; name: string }

/** One supplier with what to order there, as it is read. */
export type AlertGroup = {
  id: number
  name: string
  contactPerson: string
  phone: string
  email: string
  isActive: boolean
  delivery: string
  minimumOrder: string | null
  out: number
  items: string
  /** Null: all that is short is on order. */
  cost: string | null
  /** For which something is to be ordered here, the worst first. */
  restaurants: AlertPlace[]
  lines: AlertLine[]
  /** The way to all of this supplier's rows, where these are not all. */
  rest: { href: string; shown: number } | null
}

/** What the table shows, with every figure written for the reader. */
export function alertGroups(data: AlertsData, view: AlertsView, format: MoneyFormat): AlertGroup[] {
  return data.alerts.suppliers.map((supplier) => ({
    id: supplier.id,
    name: supplier.name,
    contactPerson: supplier.contactPerson,
    phone: supplier.phone,
    email: supplier.email,
    isActive: supplier.isActive,
    delivery: deliveryWords(supplier.leadTimeDays),
    minimumOrder:
      supplier.minimumOrder === null
        ? null
        : formatMoney(supplier.minimumOrder, format.currency, format.locale),
    out: supplier.out,
    items: `${supplier.items.toLocaleString(format.locale)} ${supplier.items === 1 ? 'item' : 'items'}`,
    cost: supplier.cost === 0 ? null : formatMoney(supplier.cost, format.currency, format.locale),
    restaurants: restaurantsOf(supplier),
    lines: supplier.rows.map((row) => alertLine(row, data, format)),
    rest:
      view.supplierId === null && supplier.items > SUPPLIER_ALERT_ROWS
        ? {
            href: alertsHref({ ...view, supplierId: supplier.id, page: 1, answering: null }),
            shown: supplier.rows.length,
          }
        : null,
  }))
}

function restaurantsOf({ rows }: AlertsOfSupplier): AlertPlace[] {
  const byId = new Map(
    rows.map(({ restaurantId: id, restaurantSlug: slug, restaurant: name }) => [id, { id, slug, name }]),
  )
  return [...byId.values()]
}

function alertLine(
  row: OpenAlert,
  { stopped, today }: AlertsData,
  { currency, locale }: MoneyFormat,
): AlertLine {
  const quantity = (value: string) => formatQuantity(value, row.unit, locale)
  const shareOfPar = (value: string) => {
    const par = Number(row.par)
    return par > 0 ? Math.round(Math.max(0, Number(value) / par) * 100) : 0
  }
  const dishes = stopped.get(pairKey(row)) ?? []
  const gone = dishes.filter(({ portions }) => portions === 0)
  const going = dishes.filter(({ portions }) => portions > 0)
  const now = today.get(row.restaurantId)
  return {
    restaurantId: row.restaurantId,
    ingredientId: row.ingredientId,
    ingredient: row.ingredient,
    kind: row.kind,
    onHand: quantity(row.onHand),
    minimum: quantity(row.minimum),
    par: quantity(row.par),
    ...(row.onOrder !== '0' && { onOrder: quantity(row.onOrder) }),
    ...(row.daysLeft !== null && now && lastsWords(row.daysLeft, now, locale)),
    ...(gone.length > 0 && { stopped: dishWords(gone) }),
    ...(going.length > 0 && { stops: dishWords(going) }),
    ...(row.packs > 0 && {
      buy: `${row.packs.toLocaleString(locale)} × ${quantity(row.packSize)}`,
      cost: formatMoney(row.cost, currency, locale),
    }),
    ...(row.answer && { answer: answerWords(row.answer, locale) }),
    level: [shareOfPar(row.onHand), shareOfPar(row.minimum)],
  }
}

const MOST_NAMES = 2

/** The first two, and how many more. */
export function dishWords(dishes: readonly Pick<StoppedDish, 'name'>[]): string {
  const names = dishes
    .slice(0, MOST_NAMES)
    .map(({ name }) => name)
    .join(', ')
  return dishes.length > MOST_NAMES ? `${names} +${dishes.length - MOST_NAMES}` : names
}

/** Beyond this a date says less than the number of days. */
const NEAR_DAYS = 60

function lastsWords(days: number, today: BusinessDate, locale: string): Pick<AlertLine, 'days' | 'until'> {
  if (days > NEAR_DAYS) return { days }
  return { days, until: days === 0 ? 'today' : dateWords(addDays(today, days), locale) }
}

function answerWords({ by, reason, until }: NonNullable<OpenAlert['answer']>, locale: string): string {
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const
  const end =
    until === null ? 'until stock has recovered' : `until ${new Date(until).toLocaleDateString(locale, day)}`
  return `${by ?? 'Somebody'}: ${reason} · may wait ${end}`
}

function deliveryWords(days: number): string {
  if (days === 0) return 'delivers the same day'
  return days === 1 ? 'delivers the next day' : `delivers within ${days} days`
}
