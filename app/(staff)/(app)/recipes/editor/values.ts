import type { FormValues } from '@/domain/form-values'
import { UNITS, type Unit } from '@/domain/vocabulary'
import { isBlank, rowOf, type TypedRow } from './figures'

/** How many empty rows a form asks for when it can't add them itself. */
const MORE = 5

/** The rows of a field as its form's values have them, with empty ones to write in: `least` rows, one of them empty. */
function rowsIn<Row>(
  values: FormValues,
  field: string,
  least: number,
  rowAt: (prefix: string) => Row,
  isEmpty: (row: Row) => boolean,
): Row[] {
  const places = Object.keys(values).flatMap((name) => {
    const [, place] = new RegExp(`^${field}\\.(\\d{1,4})(?:\\.|$)`).exec(name) ?? []
    return place === undefined ? [] : [Number(place)]
  })
  const typed = [...new Set(places)].sort((a, b) => a - b).map((place) => rowAt(`${field}.${place}`))
  const last = typed.at(-1)
  const room = last !== undefined && isEmpty(last) ? 0 : 1
  const more = values.more === field ? MORE : 0
  const empty = Math.max(room, least - typed.length) + more
  return [...typed, ...Array.from({ length: empty }, () => rowAt(''))]
}

export const unitOf = (text: string | undefined): Unit | '' => UNITS.find((unit) => unit === text) ?? ''

/** A card's lines, with empty ones below. */
export function linesIn(values: FormValues, least: number): TypedRow[] {
  const portions = portionsIn(values['lines.portions'] ?? '') ?? 1
  const lineAt = (prefix: string) =>
    rowOf(
      {
        ingredient: values[`${prefix}.ingredient`] ?? '',
        quantity: values[`${prefix}.quantity`] ?? '',
        unit: unitOf(values[`${prefix}.unit`]),
        notes: values[`${prefix}.notes`] ?? '',
      },
      portions,
    )
  return rowsIn(values, 'lines', least, lineAt, isBlank)
}

export type StepRow = { text: string }

/** A method's steps, with empty ones below. */
export const stepsIn = (values: FormValues, least: number): StepRow[] =>
  rowsIn(
    values,
    'steps',
    least,
    (prefix) => ({ text: values[prefix] ?? '' }),
    ({ text }) => text.trim() === '',
  )

/** A whole number of portions, or null while none is typed. */
export const portionsIn = (text: string): number | null =>
  /^[1-9]\d{0,2}$|^1000$/.test(text.trim()) ? Number(text) : null
