/** A list of ids after one was moved: `7 up`, `7 down` or `7 to 0`, places counted from 0. */
export function movedTo(ids: readonly number[], move: string): number[] {
  const [id = '', where, place] = move.split(' ')
  const from = ids.indexOf(Number(id))
  if (from < 0) return [...ids]
  const to = where === 'up' ? from - 1 : where === 'down' ? from + 1 : Number(place)
  const others = ids.filter((_, index) => index !== from)
  others.splice(Math.min(Math.max(to, 0), others.length), 0, Number(id))
  return others
}
