import { z } from 'zod'
import { tick, ticked, tickedOf } from './form-fields'
import type { FormValues } from './form-values'
import { idSchema, line } from './text'
import { parseUnitPrice, unitPriceText } from './unit-price'
import { ALLERGENS, ANIMAL_SOURCES, STORAGE_AREAS, UNITS } from './vocabulary'

const decimal = (places: number, whole: number, error: string) =>
  z
    .string()
    .regex(new RegExp(`^\\d{1,${whole}}(\\.\\d{1,${places}})?$`), { error })
    .transform((text) => {
      const [units = '0', fraction = ''] = text.split('.')
      const rest = fraction.replace(/0+$/, '')
      return `${units.replace(/^0+(?=\d)/, '')}${rest && `.${rest}`}`
    })

/** An ingredient of the chain. Its figures are decimal strings in their shortest form. */
export const ingredientDocument = z.strictObject({
  name: line(200, 'Write what cooks call it.'),
  unit: z.enum(UNITS, { error: 'Choose the unit that it is weighed or counted in.' }),
  /** Cents for one unit. */
  unitPrice: decimal(4, 8, 'Write a price with four decimals of a cent at most.'),
  supplierId: idSchema,
  isActive: z.boolean(),
  /** How much of the unit one ordering pack holds. */
  packSize: decimal(3, 9, 'Write a number with three decimals at most.').refine((text) => text !== '0', {
    error: 'A pack holds more than nothing.',
  }),
  /** Where restaurants that first stock it begin to be warned, in the unit. */
  minimum: decimal(3, 9, 'Write a number with three decimals at most.'),
  storageArea: z.enum(STORAGE_AREAS, { error: 'Choose where it is kept.' }).default('dry'),
  /** In the order of the regulation. */
  allergens: z
    .array(z.enum(ALLERGENS))
    .transform((given) => ALLERGENS.filter((allergen) => given.includes(allergen))),
  /** What of it comes from animals; null: nobody has said, as whoever has not heard of the field. */
  animalSources: z
    .array(z.enum(ANIMAL_SOURCES))
    .transform((given) => ANIMAL_SOURCES.filter((source) => given.includes(source)))
    .nullable()
    .default(null),
})
export type Ingredient = z.output<typeof ingredientDocument>

const { name, unit, unitPrice, supplierId, packSize, minimum, storageArea, allergens } =
  ingredientDocument.shape

/** The box of an ingredient that is all plant, water or mineral. None ticked at all: nobody has said. */
export const NO_ANIMAL = 'nothing'

/** Decimals are typed with a point or a comma. */
const typedDecimal = z
  .string()
  .trim()
  .transform((text) => text.replace(',', '.'))

/** What an ingredient's form sends; its price is typed in the chain's currency. */
export const ingredientForm = (currency: string) =>
  z.object({
    name,
    unit,
    unitPrice: z
      .string()
      .transform((text, context) => {
        const cents = parseUnitPrice(text, currency)
        if (cents !== null) return cents
        context.addIssue({
          code: 'custom',
          message: 'Write an amount such as 2.40, or 0.0125 for small units.',
        })
        return z.NEVER
      })
      .pipe(unitPrice),
    supplierId: z.preprocess((value) => (value === '' ? undefined : value), supplierId),
    packSize: typedDecimal.pipe(packSize),
    minimum: typedDecimal.pipe(minimum),
    storageArea,
    allergens: tickedOf(ALLERGENS).pipe(allergens),
    animalSources: tickedOf([NO_ANIMAL, ...ANIMAL_SOURCES]).transform((ticked, context) => {
      const sources = ANIMAL_SOURCES.filter((source) => ticked.includes(source))
      if (!ticked.includes(NO_ANIMAL)) return sources.length > 0 ? sources : null
      if (sources.length === 0) return sources
      context.addIssue({ code: 'custom', message: 'Tick what comes from animals, or that nothing does.' })
      return z.NEVER
    }),
    isActive: ticked,
  })

/** What the form of an ingredient begins with. */
export const ingredientValues = (ingredient: Ingredient, currency: string): FormValues => ({
  name: ingredient.name,
  unit: ingredient.unit,
  unitPrice: unitPriceText(ingredient.unitPrice, currency),
  supplierId: String(ingredient.supplierId),
  packSize: ingredient.packSize,
  minimum: ingredient.minimum,
  storageArea: ingredient.storageArea,
  ...Object.fromEntries(ingredient.allergens.map((allergen) => [`allergens.${allergen}`, 'on'])),
  ...Object.fromEntries(
    (ingredient.animalSources?.length === 0 ? [NO_ANIMAL] : (ingredient.animalSources ?? [])).map(
      (source) => [`animalSources.${source}`, 'on'],
    ),
  ),
  ...tick('isActive', ingredient.isActive),
})
