'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { environment } from '@/app/_server/environment'
import { changeMenuItems, draftMenuItems } from '@/db/mutations/menu-bulk'
import { decision, undoPublication } from '@/db/mutations/undo'
import { bulkValue } from '@/domain/bulk-change'
import { idSchema } from '@/domain/text'
import { changeSetField, SET_CLOSED } from '../change-set-field'
import { readChange } from './change-params'
import { seenSchema } from './seen'
import { changeName } from './words'

const text = z.string().max(100).default('')

/** Makes the change that was previewed, on the dishes that still are as the preview showed them. */
export const changeDishes = defineAction({
  name: 'menu_item.change_many',
  input: z.object({
    what: text,
    by: text,
    ending: text,
    to: text,
    seen: seenSchema,
    changes: changeSetField,
  }),
  permission: 'menu:edit',
  run: async (scope, { seen, changes: changeSetId, ...fields }) => {
    const read = readChange(fields, environment().CURRENCY)
    if (!read.ok) return { ok: false, reason: 'no_change' } as const
    const { kind, change } = read
    const rows = seen.flatMap(({ id, was }) => {
      const before = change.field === 'isAvailable' ? was === 1 : was
      const to = bulkValue(change, before)
      return to === null || to === before ? [] : [{ id, was: before, to }]
    })
    if (changeSetId !== null) {
      const drafted = await draftMenuItems(database(), scope, { changeSetId, field: change.field, rows })
      if (!drafted.ok) return drafted
      refresh()
      return { ...drafted, publicationId: null }
    }
    const name = changeName(kind, fields, rows.length)
    const done = await changeMenuItems(database(), scope, { name, field: change.field, rows })
    if (done.ok) refresh()
    return done
  },
  words: {
    no_change: 'This is no change. Preview it again.',
    nothing_changed: 'Every one of these dishes was changed by somebody else meanwhile. Preview it again.',
    set_closed: SET_CLOSED,
    unknown_reference: 'This category is not there any more. Choose another one.',
  },
})

/** Takes a bulk change back: at once, or with `keep` leaving what was changed since as it is. */
export const undoBulk = defineAction({
  name: 'menu_item.undo_many',
  input: z.object({ publication: idSchema, keep: z.literal('yes').optional() }),
  permission: 'menu:edit',
  run: async (scope, { publication, keep }) => {
    const publicationId = publication
    let undone = await undoPublication(database(), scope, { publicationId })
    if (keep && !undone.ok && undone.reason === 'conflicts') {
      const decisions = undone.conflicts.map((conflict) => decision(conflict, 'keep'))
      undone = await undoPublication(database(), scope, { publicationId, decisions })
    }
    if (undone.ok) {
      refresh()
      return undone
    }
    if (undone.reason !== 'conflicts') return { ok: false, reason: undone.reason } as const
    const names = [...new Set(undone.conflicts.map(({ name }) => name))]
    return { ok: false, reason: 'conflicts', names } as const
  },
  words: {
    gone: 'This change is not recorded. Reload the page.',
    already_undone: 'This was undone already.',
    under_way: 'Its file is still being taken. Wait until that is done, then undo it.',
    nothing_to_publish: 'There is nothing to undo: every dish is as it was before.',
    conflicts: ({ names }) => `Nothing was undone: ${changedSince(names)} changed again since.`,
    name_taken: 'The database refused this. Change the dishes one by one.',
    unknown_reference:
      'Something that they were part of is not there any more. Change the dishes one by one.',
    unit_in_use: 'The database refused this. Change the dishes one by one.',
  },
})

const changedSince = (names: readonly string[]): string =>
  names.length <= 3
    ? `${names.join(' and ')} ${names.length === 1 ? 'was' : 'were'}`
    : `${names.slice(0, 2).join(', ')} and ${names.length - 2} other dishes were`
