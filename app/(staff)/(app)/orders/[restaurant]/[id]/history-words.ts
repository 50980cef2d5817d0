import type { OrderEvent } from '@/db/queries/order-history'
import { formatMoney } from '@/domain/money'
import type { ItemStatus, OrderStatus } from '@/domain/vocabulary'
import type { ChangedLine, Unacknowledged } from '@/domain/wall'
import { STATUS_WORDS } from '../../words'

/** An entry of an order's history, in words: what happened, and in sentences what belongs to it. */
export type HistoryEntry = { title: string; details: string[] }

type Words = {
  /** Names of the order's lines, also of those that are gone, by line number. */
  names: ReadonlyMap<number, string>
  currency: string
  locale: string
}

/** Details as the mutations write them. */
type Details = {
  short?: { name: string }[]
  lines?: ChangedLine[]
  total?: { was: number; now: number }
  station?: string
  items?: { line: number; status: ItemStatus }[]
}

/** What happened at one entry of an order's log. */
export function historyEntry(event: OrderEvent, words: Words): HistoryEntry {
  const details = (event.details ?? {}) as Details
  return {
    title: titleOf(event, details),
    details: [...detailsOf(event, details, words), ...shortage(details)],
  }
}

function titleOf({ kind, fromStatus, toStatus }: OrderEvent, details: Details): string {
  switch (kind) {
    case 'placed':
      return 'Placed'
    case 'confirmed':
      return 'Confirmed: the kitchen has it'
    case 'preparing':
      return 'Started'
    case 'ready':
      return 'Ready'
    case 'delivered':
      return 'Handed over'
    case 'cancelled':
      return fromStatus ? `Cancelled while ${STATUS_WORDS[fromStatus].toLowerCase()}` : 'Cancelled'
    case 'recalled':
      return `Recalled${fromStatus ? ` from ${STATUS_WORDS[fromStatus].toLowerCase()}` : ''}: back on the stove`
    case 'changed':
      return 'Changed'
    case 'item_status':
      return details.station ? `Dishes moved on at ${details.station}` : 'Dishes moved on'
    case 'acknowledged':
      return 'The kitchen has seen it'
    default:
      return STATUS_WORDS[toStatus]
  }
}

function detailsOf({ kind, fromStatus }: OrderEvent, details: Details, words: Words): string[] {
  switch (kind) {
    case 'cancelled':
      return [cancelOutcome(fromStatus)]
    case 'changed':
      return [...(details.lines ?? []).map(changedLine), ...totalChange(details, words)]
    case 'item_status':
      return (details.items ?? []).map(
        ({ line, status }) => `${words.names.get(line) ?? `Line ${line}`}: ${status}`,
      )
    case 'acknowledged':
      return acknowledged(details as Unacknowledged)
    default:
      return []
  }
}

/** What becomes of the ingredients of an order that is cancelled in this status. */
export function cancelOutcome(status: OrderStatus | null): string {
  if (status === 'pending') return 'Nothing was taken from the stock yet.'
  return status === 'confirmed' ? 'Its ingredients go back on the shelf.' : 'Its ingredients are waste.'
}

function changedLine({ name, was, now, note }: ChangedLine): string {
  const noted = note ? `, “${note}”` : ''
  if (was === 0) return `Added ${now} ${name}${noted}`
  if (now === 0) return `Removed ${was} ${name}`
  return was === now
    ? `${now} ${name}${note ? noted : ', no special requests'}`
    : `${name}: ${was} to ${now}${noted}`
}

function totalChange({ total }: Details, { currency, locale }: Words): string[] {
  if (!total || total.was === total.now) return []
  const [was, now] = [total.was, total.now].map((cents) => formatMoney(cents, currency, locale))
  return [`Total: ${was} to ${now}`]
}

const acknowledged = (seen: Unacknowledged): string[] =>
  seen.kind === 'cancelled' ? ['That it was cancelled'] : (seen.lines ?? []).map(changedLine)

const shortage = ({ short }: Details): string[] =>
  short && short.length > 0 ? [`The stock had too little ${short.map(({ name }) => name).join(', ')}.`] : []

/** Who did it: a person, a wall screen, or software where neither is known. */
export function actorOf({ person, screen }: Pick<OrderEvent, 'person' | 'screen'>): string {
  if (person) return person
  return screen ? `Screen ${screen}` : 'Software'
}
