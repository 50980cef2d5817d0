import { z } from 'zod'

/** A hidden field that carries a value as JSON. Only a page that is broken, or no page at all, sends anything else. */
export const jsonField = <S extends z.ZodType>(schema: S, longest: number) =>
  z
    .string()
    .max(longest)
    .transform((text, context): z.output<S> => {
      const json = read(text)
      const parsed = json && schema.safeParse(json.value)
      if (parsed?.success) return parsed.data
      context.addIssue({ code: 'custom', message: 'Reload the page.' })
      return z.NEVER
    })

function read(text: string): { value: unknown } | null {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return null
  }
}
