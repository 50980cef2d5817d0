import type { Page } from '@playwright/test'
import { ask, changeRecipes } from './database'
import { isAlive } from './form'

type Stored = { id: number; ingredients: string[]; quantities: string[]; notes: string[]; steps: string[] }

/** A recipe as it is stored, its lines and steps in their order. */
export async function stored(title: string): Promise<Stored | undefined> {
  const [recipe] = await ask<Stored>(
    `select r.id,
       array(select i.name from recipe_ingredients l join ingredients i on i.id = l.ingredient_id
         where l.recipe_id = r.id order by l.position) as ingredients,
       array(select trim_scale(l.quantity)::text || ' ' || i.unit from recipe_ingredients l
         join ingredients i on i.id = l.ingredient_id where l.recipe_id = r.id order by l.position) as quantities,
       array(select l.notes from recipe_ingredients l where l.recipe_id = r.id order by l.position) as notes,
       array(select s.text from recipe_steps s where s.recipe_id = r.id order by s.position) as steps
     from recipes r where r.title = $1`,
    [title],
  )
  return recipe
}

/** A recipe of its own for a test that changes one: pasta and eggs. */
export async function makeRecipe(title: string): Promise<number> {
  const [made] = await changeRecipes<{ id: number }>(
    `with made as (
       insert into recipes (title, cuisine, difficulty, prep_time, chef_id, ingredient_ids)
       select $1, 'Testing', 1, 20, (select min(id) from chefs),
         array(select id from ingredients where name in ('Spaghetti', 'Eggs') order by id) returning id
     ), lines as (
       insert into recipe_ingredients (recipe_id, ingredient_id, quantity, position)
       select made.id, i.id, case i.unit when 'kg' then 0.12 else 2 end, case i.unit when 'kg' then 1 else 2 end
       from made, ingredients i where i.name in ('Spaghetti', 'Eggs')
     ), steps as (
       insert into recipe_steps (recipe_id, position, text) select id, n, 'Step number ' || n || '.' from made, generate_series(1, 2) n
     )
     select id from made`,
    [title],
  )
  return made?.id ?? 0
}

export const field = (page: Page, label: string) => page.getByLabel(label, { exact: true })
export const save = (page: Page) => page.getByRole('button', { name: 'Save recipe' })

/** Opens a recipe's form and waits until it hears. */
export async function openEditor(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await isAlive(page)
}
