'use server'

import { z } from 'zod'
import { environment } from '@/app/_server/environment'
import { defineRecordAction } from '@/app/_server/record-action'
import { ingredientForm } from '@/domain/ingredient'

export const saveIngredient = defineRecordAction({
  name: 'ingredient.save',
  subject: 'ingredient',
  // The chain's currency is known once a form is sent, not while the app is built.
  form: z.lazy(() => ingredientForm(environment().CURRENCY)),
  pathOf: ({ id }) => `/admin/ingredients/${id}`,
})
