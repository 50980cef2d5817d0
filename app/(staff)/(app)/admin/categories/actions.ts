'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { defineRecordAction } from '@/app/_server/record-action'
import { orderCategories } from '@/db/mutations/category-order'
import { categoryForm } from '@/domain/category'
import { movedTo } from './order'

export const saveCategory = defineRecordAction({
  name: 'category.save',
  subject: 'category',
  form: categoryForm,
  pathOf: ({ id }) => `/admin/categories/${id}`,
})

const ids = z
  .string()
  .regex(/^[1-9]\d{0,8}(,[1-9]\d{0,8}){0,999}$/)
  .transform((text) => text.split(',').map(Number))
  .refine((list) => new Set(list).size === list.length)

/** A new order of all categories: `move` is "7 up" or "7 to 0", and the rest is how they were shown. */
export const orderCategory = defineAction({
  name: 'category.order',
  input: z.object({
    seen: ids,
    move: z.string().regex(/^[1-9]\d{0,8} (up|down|to \d{1,4})$/),
    changes: z.union([z.literal(''), z.string().regex(/^[1-9]\d{0,8}$/)]),
  }),
  permission: 'menu:edit',
  run: async (scope, { seen, move, changes }) => {
    const changeSetId = changes === '' ? null : Number(changes)
    const ordered = await orderCategories(database(), scope, {
      seen,
      order: movedTo(seen, move),
      changeSetId,
    })
    // Also after a refusal: it says to look again.
    refresh()
    return ordered
  },
  words: {
    order_changed: 'Somebody else changed the order meanwhile. This is how it is now: move it again.',
    set_closed: 'This change set was published or discarded meanwhile. Choose another one, or none.',
  },
})
