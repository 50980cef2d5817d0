import { z } from 'zod'
import { idSchema, line } from './text'
import { ALLERGENS, UNITS } from './vocabulary'

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
  /** In the order of the regulation. */
  allergens: z
    .array(z.enum(ALLERGENS))
    .transform((given) => ALLERGENS.filter((allergen) => given.includes(allergen))),
})
export type Ingredient = z.output<typeof ingredientDocument>
