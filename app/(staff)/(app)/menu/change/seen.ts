import { z } from 'zod'

/** More dishes than any chain sells. */
const MOST_DISHES = 20_000

/** The dishes of a preview and what it showed of each, as one field of its form: "12:1250,13:900". */
export const seenText = (rows: readonly { id: number; was: number | boolean }[]): string =>
  rows.map(({ id, was }) => `${id}:${Number(was)}`).join(',')

const pair = /^[1-9]\d{0,8}:\d{1,9}$/

export const seenSchema = z.string().transform((text, context): { id: number; was: number }[] => {
  const pairs = text.split(',')
  const rows = pairs.map((one) => {
    const [id, was] = one.split(':')
    return { id: Number(id), was: Number(was) }
  })
  const isKnown = pairs.length <= MOST_DISHES && pairs.every((one) => pair.test(one))
  if (isKnown && new Set(rows.map(({ id }) => id)).size === rows.length) return rows
  context.addIssue({ code: 'custom', message: 'Preview the change again.' })
  return z.NEVER
})
