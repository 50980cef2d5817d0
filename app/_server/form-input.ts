import type { z } from 'zod'
import { type FormValues, nestedValues } from '@/domain/form-values'

/**
 * An action's input as a plain value for zod, and what a form must show again after a failure (null for typed input).
 * Of a field that was sent twice the last one counts, as with a hidden default before a checkbox. Names with dots nest
 * (`nestedValues`).
 */
export function readInput(input: unknown): { raw: unknown; values: FormValues | null } {
  if (!(input instanceof FormData)) return { raw: input, values: null }
  // React's own bookkeeping travels in the form too.
  const entries = [...input].filter(([name]) => !name.startsWith('$ACTION'))
  const shown = entries.filter(([name, value]) => typeof value === 'string' && !/password/i.test(name))
  return { raw: nestedValues(entries), values: Object.fromEntries(shown) as FormValues }
}

/** The first thing wrong with each field, by its path (`lines.2.quantity`). */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const first: Record<string, string> = {}
  for (const issue of error.issues) first[issue.path.join('.')] ??= issue.message
  return first
}

/** Whether there is a NUL character anywhere in it. No form can send one, and PostgreSQL stores none. */
export function hasNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (value === null || typeof value !== 'object') return false
  return Object.entries(value).some(([key, inner]) => hasNul(key) || hasNul(inner))
}
