import { sql } from 'drizzle-orm'
import type { SystemScope } from '@/domain/scope'
import type { Db } from '../client'

/**
 * Brings up to date what the recipe search reads beside the recipes: on how many cards each ingredient stands, the words
 * that misspelled ones are corrected to, and the tallies, which are always right but grow with each write until they are
 * summed up here. For the rollup, and after an import. Reads the whole book (a second for 50,000 recipes, so a million needs
 * a statement timeout to match), and changes nothing when nothing changed.
 */
export async function rollUpRecipes(db: Db, scope: SystemScope): Promise<void> {
  await compactTallies(db, scope)
  await rollUpFrequencies(db, scope)
  await rollUpWords(db, scope)
}

/**
 * Sums up the changes in `recipe_tallies`. Readers and writers don't notice: whoever looks sees either the old rows or
 * the new ones, and what is appended meanwhile stays.
 */
export async function compactTallies(db: Db, _scope: SystemScope): Promise<void> {
  await db.execute(sql`
    with taken as (
      delete from recipe_tallies t using (
        select cuisine, difficulty, prep_time from recipe_tallies group by 1, 2, 3
        having count(*) > 1 or sum(recipes) = 0
      ) loose
      where (t.cuisine, t.difficulty, t.prep_time) = (loose.cuisine, loose.difficulty, loose.prep_time)
      returning t.*
    )
    insert into recipe_tallies (cuisine, difficulty, prep_time, recipes)
    select cuisine, difficulty, prep_time, sum(recipes) from taken group by 1, 2, 3 having sum(recipes) <> 0`)
}

async function rollUpFrequencies(db: Db, _scope: SystemScope): Promise<void> {
  await db.execute(sql`
    insert into ingredient_frequencies as f (ingredient_id, recipes, of_recipes)
    select i.id, coalesce(counted.recipes, 0), book.recipes
    from ingredients i
    cross join (select count(*)::int as recipes from recipes) book
    left join (
      select ingredient_id, count(*)::int as recipes from recipe_ingredients group by ingredient_id
    ) counted on counted.ingredient_id = i.id
    order by i.id
    on conflict (ingredient_id) do update
      set recipes = excluded.recipes, of_recipes = excluded.of_recipes, computed_at = now()
      where (f.recipes, f.of_recipes) is distinct from (excluded.recipes, excluded.of_recipes)`)
}

async function rollUpWords(db: Db, _scope: SystemScope): Promise<void> {
  await db.execute(sql`
    with names as (
      select name, count(*) as uses
      from (
        select title as name from recipes union all select name from ingredients union all select name from chefs
      ) named
      group by name
    ), fresh as materialized (
      select word, sum(uses)::int as uses
      from names
      cross join lateral (
        select distinct word from regexp_split_to_table(lower(unaccent(name)), '[^[:alnum:]]+') as word
      ) split
      where length(word) between 3 and 50
      group by word
    ), removed as (
      delete from search_words w where not exists (select from fresh f where f.word = w.word)
    )
    insert into search_words as w (word, uses)
    select word, uses from fresh order by word
    on conflict (word) do update set uses = excluded.uses where w.uses <> excluded.uses`)
}
