import { type SQL, sql } from 'drizzle-orm'
import { EXCLUSIONS } from '@/domain/diet'
import { DIETS, type Diet } from '@/domain/vocabulary'

const array = (words: readonly string[]) => `array[${words.map((word) => `'${word}'`).join(', ')}]::text[]`

/** Whether an ingredient `i` goes with a diet: `breachOf` in SQL, null and so false where nobody has described it. */
function goesWith(diet: Diet): string {
  const { sources, allergens } = EXCLUSIONS[diet]
  const tests = ['i.animal_sources is not null']
  if (sources.length > 0) tests.push(`not i.animal_sources && ${array(sources)}`)
  if (allergens.length > 0) tests.push(`not i.allergens && ${array(allergens)}`)
  return tests.join(' and ')
}

/** An aggregate over the ingredients `i` of a card: the diets that it goes with, as `dietsOf`. Empty for an empty card. */
export const dietsOfIngredients: SQL = sql.raw(
  `array_remove(array[${DIETS.map((diet) => `case when bool_and(${goesWith(diet)}) then '${diet}' end`).join(', ')}], null)`,
)

/** The same for a card that is given by the ids of its ingredients. */
export const dietsOfCard = (ingredientIds: SQL): SQL =>
  sql`(select ${dietsOfIngredients} from ingredients i where i.id = any(${ingredientIds}))`
