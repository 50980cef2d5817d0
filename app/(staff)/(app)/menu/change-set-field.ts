import { z } from 'zod'
import { idSchema } from '@/domain/text'

/** The change set that a form names: an edit goes where its form said that it would. Null: live at once. */
export const changeSetField = z.union([z.literal('').transform(() => null), idSchema]).default(null)

export const SET_CLOSED =
  'This change set was published or discarded meanwhile. Reload the page, choose another one, or none, and repeat this.'
