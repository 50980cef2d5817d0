import { formatQuantity } from '@/domain/quantity'
import type { Unit } from '@/domain/vocabulary'

type Line = { ingredientId: number; quantity: string; notes: string }
type Ingredients = Record<number, { name: string; unit?: Unit }>

const linesOf = (value: unknown): Line[] => (Array.isArray(value) ? (value as Line[]) : [])

/** What happened to a recipe card, ingredient by ingredient. */
export function lineChanges(before: unknown, after: unknown, ingredients: Ingredients): string[] {
  const [old, now] = [linesOf(before), linesOf(after)]
  const nameOf = (line: Line) => ingredients[line.ingredientId]?.name ?? `ingredient no. ${line.ingredientId}`
  const quantityOf = (line: Line) => formatQuantity(line.quantity, ingredients[line.ingredientId]?.unit)
  const same = (line: Line) => (other: Line) => other.ingredientId === line.ingredientId
  const gone = old.filter((line) => !now.some(same(line))).map((line) => `without ${nameOf(line)}`)
  const rest = now.flatMap((line) => {
    const was = old.find(same(line))
    if (!was) return [`with ${nameOf(line)}, ${quantityOf(line)}${line.notes && ` (${line.notes})`}`]
    const changes = [
      ...(was.quantity !== line.quantity ? [`${quantityOf(was)} → ${quantityOf(line)}`] : []),
      ...(was.notes !== line.notes ? [`note “${was.notes}” → “${line.notes}”`] : []),
    ]
    return changes.length > 0 ? [`${nameOf(line)} ${changes.join(', ')}`] : []
  })
  const moved = gone.length === 0 && rest.length === 0 ? ['the same lines in another order'] : []
  return [...gone, ...rest, ...moved]
}

/** What happened to a method, step by step. */
export function stepChanges(before: unknown, after: unknown): string[] {
  const [old, now] = [before, after].map((value) => (Array.isArray(value) ? value.map(String) : []))
  if (!old || !now) return []
  const gone = old.filter((step) => !now.includes(step)).map((step) => `without “${step}”`)
  const made = now.flatMap((step, place) => (old.includes(step) ? [] : [`step ${place + 1}: “${step}”`]))
  return gone.length + made.length > 0 ? [...gone, ...made] : ['the same steps in another order']
}
