'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { environment } from '@/app/_server/environment'
import { editDish } from '@/db/mutations/menu-edit'
import { MOST_PRICE } from '@/domain/menu-item'
import { formatMoney } from '@/domain/money'
import { moneyText, parseMoney } from '@/domain/money-input'
import { idSchema } from '@/domain/text'
import { changeSetField, SET_CLOSED } from './change-set-field'

const price = z.string().transform((text, context) => {
  const { CURRENCY } = environment()
  const cents = parseMoney(text, CURRENCY)
  if (cents !== null && cents <= MOST_PRICE) return cents
  const error = `Write a price such as ${moneyText(1250, CURRENCY)}, ${formatMoney(MOST_PRICE, CURRENCY)} at most.`
  context.addIssue({ code: 'custom', message: error })
  return z.NEVER
})
const truth = z.enum(['yes', 'no']).transform((word) => word === 'yes')

/** A switch of the list is one button, which says all: `"12 no"` is the dish, and what its switch shall be. */
function readSwitched(raw: unknown): unknown {
  const text = typeof raw === 'object' && raw !== null && 'switched' in raw ? String(raw.switched) : ''
  const [, dish, value] = /^(\d+) (yes|no)$/.exec(text) ?? []
  if (!dish) return raw
  return { ...(raw as object), field: 'isAvailable', dish, was: value === 'yes' ? 'no' : 'yes', value }
}

/** A cell of the list: what it shows, what it shall show. */
const input = z.preprocess(
  readSwitched,
  z.discriminatedUnion('field', [
    z.object({
      field: z.literal('price'),
      dish: idSchema,
      was: price,
      value: price,
      changes: changeSetField,
    }),
    z.object({
      field: z.literal('isAvailable'),
      dish: idSchema,
      was: truth,
      value: truth,
      changes: changeSetField,
    }),
  ]),
)

/** Sets the price of a dish, or whether the chain offers it. The answer repeats it, to be told and undone. */
export const editCell = defineAction({
  name: 'menu_item.edit_cell',
  input,
  permission: 'menu:edit',
  run: async (scope, cell) => {
    const { field, was, value, changes: changeSetId } = cell
    const edit = { menuItemId: cell.dish, base: { [field]: was }, patch: { [field]: value }, changeSetId }
    const edited = await editDish(database(), scope, edit)
    refresh()
    if (edited.ok) return { ok: true, cell, name: edited.dish.name } as const
    if (edited.reason !== 'changed_meanwhile') return { ok: false, reason: edited.reason } as const
    const { name, ...now } = edited.dish
    return { ok: false, reason: 'changed_meanwhile', name, cell, now: now[field] } as const
  },
  words: {
    gone: 'This dish is not there any more. Reload the page.',
    set_closed: SET_CLOSED,
    refused: 'The database refused this. Open the dish to change it.',
    changed_meanwhile: ({ name, now }) =>
      typeof now === 'number'
        ? `Somebody else set the price of ${name} to ${formatMoney(now, environment().CURRENCY)} meanwhile. Nothing was changed.`
        : `Somebody else changed ${name} meanwhile. Nothing was changed.`,
  },
})
