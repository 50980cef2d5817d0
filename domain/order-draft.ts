import { z } from 'zod'
import { sumCents } from './money'
import type { OrderInput } from './order-input'
import { CHANNELS } from './vocabulary'

/** A dish as a menu shows it to whoever takes an order; price in cents. */
type MenuDish = { id: number; name: string; price: number; off: boolean }

const draftLine = z.object({
  menuItemId: z.int().positive(),
  name: z.string(),
  /** Cents: what the person who takes the order sees, and tells the guest. */
  price: z.int().min(0),
  quantity: z.int().min(1).max(999),
  note: z.string().max(500),
})

/** An order that is being taken. As text it survives a reload. */
export const orderDraft = z.object({
  /** Made when the form was opened: however often it is sent, it is one order. */
  key: z.uuid(),
  channel: z.enum(CHANNELS),
  placeOrName: z.string().max(80),
  phone: z.string().max(20),
  instructions: z.string().max(1000),
  lines: z.array(draftLine).max(200),
})

export type OrderDraft = z.output<typeof orderDraft>
export type DraftLine = OrderDraft['lines'][number]

export const MOST_PORTIONS = 999

export const emptyDraft = (key: string): OrderDraft => ({
  key,
  channel: 'dine_in',
  placeOrName: '',
  phone: '',
  instructions: '',
  lines: [],
})

/** Whether nothing was entered yet that could be lost. */
export const isEmpty = ({ lines, placeOrName, phone, instructions }: OrderDraft): boolean =>
  lines.length === 0 && `${placeOrName}${phone}${instructions}`.trim() === ''

/** The draft with so many more of a dish: on the line that has it without a note, else on a new one. */
export function addDish(draft: OrderDraft, dish: MenuDish, quantity: number): OrderDraft {
  const at = draft.lines.findIndex((line) => line.menuItemId === dish.id && line.note === '')
  const known = draft.lines[at]
  if (known) return setLine(draft, at, { quantity: Math.min(known.quantity + quantity, MOST_PORTIONS) })
  const line = { menuItemId: dish.id, name: dish.name, price: dish.price, quantity, note: '' }
  return { ...draft, lines: [...draft.lines, line] }
}

export const setLine = (draft: OrderDraft, at: number, change: Partial<DraftLine>): OrderDraft => ({
  ...draft,
  lines: draft.lines.map((line, index) => (index === at ? { ...line, ...change } : line)),
})

export const removeLine = (draft: OrderDraft, at: number): OrderDraft => ({
  ...draft,
  lines: draft.lines.filter((_, index) => index !== at),
})

/** Cents, by the prices that are shown. */
export const draftTotal = ({ lines }: OrderDraft): number =>
  sumCents(lines.map(({ price, quantity }) => price * quantity))

/** A dish of the draft that costs something else by now. Cents. */
export type PriceChange = { menuItemId: number; name: string; was: number; now: number }

/** The draft at the prices of the menu as it is now, and what is different. Dishes that are gone stay as they are. */
export function reprice(
  draft: OrderDraft,
  menu: ReadonlyMap<number, MenuDish>,
): { draft: OrderDraft; changes: PriceChange[] } {
  const changes = new Map<number, PriceChange>()
  const lines = draft.lines.map((line) => {
    const now = menu.get(line.menuItemId)?.price ?? line.price
    if (now === line.price) return line
    changes.set(line.menuItemId, { menuItemId: line.menuItemId, name: line.name, was: line.price, now })
    return { ...line, price: now }
  })
  return changes.size > 0
    ? { draft: { ...draft, lines }, changes: [...changes.values()] }
    : { draft, changes: [] }
}

/** The order to place, with the total that was shown. A guest who is called by name is kept as a customer only where there is a way to call. */
export function draftOrder(draft: OrderDraft): OrderInput {
  const [placeOrName, phone] = [draft.placeOrName.trim(), draft.phone.trim()]
  const customer = draft.channel !== 'dine_in' && phone ? { name: placeOrName || phone, phone } : null
  return {
    channel: draft.channel,
    placeOrName,
    ...(customer && { customer }),
    specialInstructions: draft.instructions.trim(),
    lines: draft.lines.map(({ menuItemId, quantity, note }) => ({
      menuItemId,
      quantity,
      specialRequests: note.trim(),
    })),
    expectedTotal: draftTotal(draft),
  }
}

/** What was typed to add a dish: `3 ris` is three of what `ris` finds, `3x` or `x3` alone only a quantity. */
export function parseEntry(text: string): { quantity: number | null; words: string } {
  const typed = text.trim()
  const alone = /^(?:x\s*(\d{1,3})|(\d{1,3})\s*x)$/i.exec(typed)
  if (alone) return { quantity: portions(alone[1] ?? alone[2]), words: '' }
  const [, quantity, words = ''] = /^(\d{1,3})\s*x?\s+(\S.*)$/i.exec(typed) ?? []
  return quantity === undefined ? { quantity: null, words: typed } : { quantity: portions(quantity), words }
}

const portions = (digits: string | undefined): number => Math.max(1, Number(digits ?? 1))

/** Without accents and case, as people type in a hurry. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * The dishes that words or a number find, the best first: the dish of that number, then names that begin with the words,
 * then names of which each word begins one, then names that hold them anywhere. The menu's order decides within.
 */
export function findDishes<Dish extends MenuDish>(
  menu: readonly Dish[],
  words: string,
  limit: number,
): Dish[] {
  const typed = plain(words.trim())
  if (typed === '') return []
  const parts = typed.split(/\s+/)
  const ranked = menu.flatMap((dish) => {
    const rank = rankOf(dish, typed, parts)
    return rank === null ? [] : [{ dish, rank }]
  })
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, limit)
    .map(({ dish }) => dish)
}

function rankOf(dish: MenuDish, typed: string, parts: readonly string[]): number | null {
  if (String(dish.id) === typed) return 0
  const name = plain(dish.name)
  if (name.startsWith(typed)) return 1
  const words = name.split(/[^\p{L}\p{N}]+/u)
  if (parts.every((part) => words.some((word) => word.startsWith(part)))) return 2
  if (/^\d+$/.test(typed) && String(dish.id).startsWith(typed)) return 3
  return parts.every((part) => name.includes(part)) ? 4 : null
}
