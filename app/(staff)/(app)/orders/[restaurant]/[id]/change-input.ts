import { z } from 'zod'
import { type OrderChange, orderChange } from '@/domain/order-input'

/** Each form carries an id that was made with the page: pressed twice, or sent again, it counts once. */
export const pressedForm = z.looseObject({ restaurant: z.string(), order: z.uuid(), id: z.uuid() })

/** What the form showed of a line, so that only what the person changed is sent on. */
const seenLine = z.object({ line: z.int().min(1), quantity: z.int(), note: z.string() })
export type SeenLine = z.output<typeof seenLine>

/** How many dishes can be added at once. */
export const ADD_ROWS = 3

const QUANTITY = /^\d{1,3}$/

/**
 * The form that changes an order, as an `OrderChange`; null where nothing is different. Its fields are `quantity-1`,
 * `note-1` by line (0 or nothing removes it), `add-1` (a dish's number, alone or before its name), `add-quantity-1`,
 * `add-note-1`, and `seen`, which repeats the lines as they were shown.
 */
export const changeForm = pressedForm
  .extend({ seen: z.string().transform(fromJson).pipe(z.array(seenLine).max(200)) })
  .transform((form, context) => {
    const text = (name: string) => (typeof form[name] === 'string' ? form[name].trim() : '')
    const wrong = (name: string, message: string) =>
      context.addIssue({ code: 'custom', path: [name], message })

    const change = { add: [] as object[], change: [] as object[], remove: [] as number[] }
    for (const { line, quantity: was, note } of form.seen) {
      const typed = text(`quantity-${line}`)
      if (typed !== '' && !QUANTITY.test(typed)) wrong(`quantity-${line}`, 'Write a number up to 999.')
      const [quantity, requests] = [Number(typed), text(`note-${line}`)]
      if (quantity === 0) change.remove.push(line)
      else if (quantity !== was || requests !== note.trim())
        change.change.push({
          line,
          ...(quantity !== was && { quantity }),
          ...(requests !== note.trim() && { specialRequests: requests }),
        })
    }
    for (let row = 1; row <= ADD_ROWS; row++) {
      const dish = text(`add-${row}`)
      if (dish === '') continue
      const number = /^\d{1,9}/.exec(dish)?.[0]
      if (number === undefined) wrong(`add-${row}`, 'Choose a dish of the list, or write its number.')
      const typed = text(`add-quantity-${row}`) || '1'
      if (!QUANTITY.test(typed) || Number(typed) === 0)
        wrong(`add-quantity-${row}`, 'Write a number from 1 to 999.')
      change.add.push({
        menuItemId: Number(number),
        quantity: Number(typed),
        specialRequests: text(`add-note-${row}`),
      })
    }
    const { restaurant, order, id } = form
    return { restaurant, order, id, change: parseChange(change, context) }
  })

function parseChange(
  change: { add: object[]; change: object[]; remove: number[] },
  context: z.RefinementCtx,
): OrderChange | null {
  if (change.add.length + change.change.length + change.remove.length === 0) return null
  const parsed = orderChange.safeParse(change)
  if (parsed.success) return parsed.data
  for (const { path, message } of parsed.error.issues)
    context.addIssue({ code: 'custom', path: path.map(String), message })
  return null
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
