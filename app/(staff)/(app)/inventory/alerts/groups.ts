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

/** Some dishes in few words: the first two, and how many more. */
export type DishWords = { names: string; more: number }

/** One row of the table, as it is read. */
export type AlertLine = {
  restaurantId: number
  ingredientId: number
  ingredient: string
  restaurant: string
  /** Of the restaurant. */
  slug: string
  kind: AlertKind
  onHand: string
  minimum: string
  par: string
  onOrder: string | null
  /** How many business days it lasts, and the day on which it runs out if that is near; null where nothing is used. */
  lasts: { days: number; until: string | null } | null
  /** Dishes that can't be prepared by now, and those that stop when it runs out. */
  stopped: DishWords | null
  stops: DishWords | null
  buy: string | null
  cost: string
  /** Who said that it may wait, why and until when. */
  answer: string | null
  isAnswering: boolean
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
  minimumOrder: string | null
  out: number
  items: string
  /** Null: all that is short is on order. */
  cost: string | null
  /** For which something is to be ordered here, the worst first. */
  restaurants: { slug: string; name: string }[]
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
    lines: supplier.rows.map((row) => alertLine(row, data, view, format)),
    rest:
      view.supplierId === null && supplier.items > SUPPLIER_ALERT_ROWS
        ? {
            href: alertsHref({ ...view, supplierId: supplier.id, page: 1, answering: null }),
            shown: supplier.rows.length,
          }
        : null,
  }))
}

function restaurantsOf({ rows }: AlertsOfSupplier): AlertGroup['restaurants'] {
  const bySlug = new Map(rows.map(({ restaurantSlug, restaurant }) => [restaurantSlug, restaurant]))
  return [...bySlug].map(([slug, name]) => ({ slug, name }))
}

function alertLine(
  row: OpenAlert,
  { stopped, today }: AlertsData,
  view: AlertsView,
  { currency, locale }: MoneyFormat,
): AlertLine {
  const quantity = (value: string) => formatQuantity(value, row.unit, locale)
  const shareOfPar = (value: string) => {
    const par = Number(row.par)
    return par > 0 ? Math.round(Math.max(0, Number(value) / par) * 100) : 0
  }
  const key = pairKey(row)
  const dishes = stopped.get(key) ?? []
  const now = today.get(row.restaurantId)
  return {
    restaurantId: row.restaurantId,
    ingredientId: row.ingredientId,
    ingredient: row.ingredient,
    restaurant: row.restaurant,
    slug: row.restaurantSlug,
    kind: row.kind,
    onHand: quantity(row.onHand),
    minimum: quantity(row.minimum),
    par: quantity(row.par),
    onOrder: row.onOrder === '0' ? null : quantity(row.onOrder),
    lasts: row.daysLeft === null || !now ? null : lastsWords(row.daysLeft, now, locale),
    stopped: dishWords(dishes.filter(({ portions }) => portions === 0)),
    stops: dishWords(dishes.filter(({ portions }) => portions > 0)),
    buy: row.packs === 0 ? null : `${row.packs.toLocaleString(locale)} × ${quantity(row.packSize)}`,
    cost: row.packs === 0 ? '–' : formatMoney(row.cost, currency, locale),
    answer: row.answer && answerWords(row.answer, locale),
    isAnswering: view.answering !== null && pairKey(view.answering) === key,
    onHandShare: shareOfPar(row.onHand),
    minimumShare: shareOfPar(row.minimum),
  }
}

const MOST_NAMES = 2

/** The first two and how many more; null where there are none. */
export function dishWords(dishes: readonly Pick<StoppedDish, 'name'>[]): DishWords | null {
  if (dishes.length === 0) return null
  const names = dishes
    .slice(0, MOST_NAMES)
    .map(({ name }) => name)
    .join(', ')
  return { names, more: Math.max(0, dishes.length - MOST_NAMES) }
}

/** Beyond this a date says less than the number of days. */
const NEAR_DAYS = 60

const lastsWords = (days: number, today: BusinessDate, locale: string) => ({
  days,
  until: days === 0 ? 'today' : days > NEAR_DAYS ? null : dateWords(addDays(today, days), locale),
})

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
