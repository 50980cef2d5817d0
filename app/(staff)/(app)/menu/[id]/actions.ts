'use server'

import { z } from 'zod'
import { environment } from '@/app/_server/environment'
import { defineRecordAction } from '@/app/_server/record-action'
import { dishForm } from '@/domain/dish-form'
import type { MenuItem } from '@/domain/menu-item'

/** Asked for when a form comes: a build has no currency. */
const form: z.ZodType<MenuItem> = z.unknown().transform((raw, context) => {
  const { success, data, error } = dishForm(environment().CURRENCY).safeParse(raw)
  if (success) return data
  for (const { path, message } of error.issues) context.addIssue({ code: 'custom', path, message })
  return z.NEVER
})

/** Saves a dish, new or changed, live or in the change set that the form names. */
export const saveDish = defineRecordAction({
  name: 'menu_item.save',
  subject: 'menu_item',
  form,
  pathOf: ({ id }) => `/menu/${id}`,
})
