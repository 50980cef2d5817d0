'use server'

import { defineRecordAction } from '@/app/_server/record-action'
import { findTypedNames } from '@/db/queries/recipe-choices'
import { recipeForm } from '@/domain/recipe-form'
import { recipeOf } from '@/domain/recipe-names'

/** Saves a recipe: its names are looked up first, and those that the book does not know are told beside their lines. */
export const saveRecipe = defineRecordAction({
  name: 'recipe.save',
  subject: 'recipe',
  form: recipeForm,
  resolve: async (db, scope, typed, base) => {
    const names = {
      chef: typed.chef,
      chefId: base?.chefId ?? null,
      ingredients: typed.lines.lines.map(({ ingredient }) => ingredient),
    }
    return recipeOf(typed, await findTypedNames(db, scope, names))
  },
  pathOf: ({ id }) => `/recipes/${id}/edit`,
})
