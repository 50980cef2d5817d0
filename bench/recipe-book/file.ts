import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { sql } from 'drizzle-orm'
import { openDatabase } from '@/db/client'
import { UNITS, type Unit } from '@/domain/vocabulary'

type Pantry = { ingredients: { name: string; unit: Unit }[]; chefs: string[] }

const LINES = [6, 10] as const
const STEPS = [4, 7] as const
const NEW_CHEF_EVERY = 500
const NEW_INGREDIENT_EVERY = 500
const TECHNIQUES = [
  'Smoked',
  'Roasted',
  'Grilled',
  'Charred',
  'Braised',
  'Crispy',
  'Spiced',
  'Glazed',
  'Baked',
]
const FORMS = [
  'ravioli',
  'risotto',
  'tart',
  'curry',
  'paella',
  'pilaf',
  'broth',
  'gratin',
  'dumplings',
  'salad',
]
const CUISINES = ['Italian', 'French', 'Spanish', 'Japanese', 'Indian', 'Thai', 'Greek', 'Turkish', 'Nordic']
const STEP =
  'Warm the pan over a medium flame, add what was prepared before and let it take colour on every side without stirring.'

/**
 * Writes an NDJSON file of so many recipes as a chain would import it: its own ids, the ingredients and chefs of the
 * book at `url` under their names and now and then a new one, 6 to 10 lines and 4 to 7 steps each.
 */
export async function writeRecipeFile(path: string, recipes: number, url: string): Promise<void> {
  const pantry = await readPantry(url)
  const stream = createWriteStream(path)
  for (let n = 1; n <= recipes; n++) {
    if (!stream.write(`${JSON.stringify(recipe(n, pantry))}\n`)) await once(stream, 'drain')
  }
  stream.end()
  await finished(stream)
}

async function readPantry(url: string): Promise<Pantry> {
  const db = openDatabase(url, { max: 1 })
  try {
    const ingredients = await db.execute<{ name: string; unit: Unit }>(
      sql`select name, unit from ingredients order by id`,
    )
    const chefs = await db.execute<{ name: string }>(sql`select name from chefs order by id`)
    return { ingredients: [...ingredients], chefs: chefs.map(({ name }) => name) }
  } finally {
    await db.close()
  }
}

function recipe(n: number, { ingredients, chefs }: Pantry) {
  const draw = drawer(n)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(draw() * values.length)] as T
  const between = ([least, most]: readonly [number, number]) =>
    least + Math.floor(draw() * (most - least + 1))
  const card = new Map<string, Unit>()
  // A square is close to how ingredients are used: few of them often.
  while (card.size < between(LINES)) {
    const found = ingredients[Math.floor(draw() ** 2 * ingredients.length)]
    if (found) card.set(found.name, found.unit)
  }
  if (n % NEW_INGREDIENT_EVERY === 0) card.set(`House blend no. ${n / NEW_INGREDIENT_EVERY}`, pick(UNITS))
  const main = [...card.keys()][0] ?? ''
  return {
    id: `book-${n}`,
    title: `${pick(TECHNIQUES)} ${main.toLowerCase()} ${pick(FORMS)}`,
    cuisine: pick(CUISINES),
    prep_time: 10 + 5 * Math.floor(draw() * 30),
    chef: n % NEW_CHEF_EVERY === 0 ? `Guest chef ${n / NEW_CHEF_EVERY}` : pick(chefs),
    chef_experience: Math.floor(draw() * 30),
    calories: 150 + Math.floor(draw() * 900),
    ingredients: [...card].map(([name, unit]) => ({
      name,
      quantity: String(1 + Math.floor(draw() * 40)),
      unit,
      ...(draw() < 0.3 && { notes: 'finely chopped' }),
    })),
    method: Array.from({ length: between(STEPS) }, (_, step) => `${step + 1}. ${STEP}`),
  }
}

/** A reproducible sequence of numbers from 0 to 1 (mulberry32, public domain). */
function drawer(seed: number): () => number {
  let state = seed * 0x9e3779b1
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
