import { z } from 'zod'
import { RECORDS } from '@/db/records/kinds'

/** The same seed gives the same numbers (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What attackers, broken scripts and tired people send. */
const VALUES: readonly string[] = [
  '',
  ' ',
  '0',
  '1',
  '7',
  '-1',
  '1.5',
  '1,5',
  '12.345678901',
  '1e309',
  '0x10',
  'NaN',
  'Infinity',
  '2147483648',
  '99999999999999999999999',
  'on',
  'true',
  'null',
  'undefined',
  '[]',
  '{}',
  '{',
  '{"__proto__":{"isAdmin":true}}',
  '[{"id":1}]',
  'x'.repeat(300),
  'x'.repeat(20_000),
  'a\0b',
  '\ud800',
  '\u202eevil',
  '👩‍🍳'.repeat(120),
  '<script>alert(1)</script>',
  "'; drop table menu_items; --",
  '../../etc/passwd',
  '%00',
  '=1+1',
  'berlin',
  'north',
  '2026-02-30',
  '25:61',
  'Mars/Olympus',
  'off 1 Tagliata',
  'kg',
  'grill',
  'a\r\nb\n\n\nc',
]

const ENVELOPE = [
  'id',
  'restaurantId',
  'base',
  'changes',
  'restaurant',
  '__proto__',
  'constructor',
  'lines.0.name',
]

/** The names of the fields that a schema asks for, as far as it can be seen from outside. */
function keysOf(schema: z.ZodType): string[] {
  const { def } = schema as unknown as { def: Record<string, unknown> & { type: string } }
  const inner = (value: unknown) => (value instanceof z.ZodType ? keysOf(value) : [])
  if (def.type === 'object') return Object.keys(def.shape as object)
  return ['in', 'out', 'left', 'right', 'innerType'].flatMap((part) => inner(def[part]))
}

/** All field names of all forms: where a schema does not show its own, any of them may be one. */
const ALL_KEYS = [...new Set(Object.values(RECORDS).flatMap(({ schema }) => keysOf(schema as z.ZodType)))]

/** Inputs that a schema must refuse, one after another, without end: forms, and what only a script sends. */
export function* badInputs(schema: z.ZodType, seed: number): Generator<unknown> {
  const random = randomFrom(seed)
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
  const own = keysOf(schema)
  const keys = own.length > 0 ? own : ALL_KEYS
  const value = (): unknown =>
    random() < 0.03 ? new File(['x'], 'x.png', { type: 'image/png' }) : one(VALUES)
  while (true) {
    const names = [...keys.filter(() => random() < 0.8), ...(random() < 0.4 ? [one(ENVELOPE)] : [])]
    if (random() < 0.85) {
      const form = new FormData()
      for (const name of names) {
        const sent = value()
        const path = random() < 0.1 ? `${name}.${one(['0', '1', 'x', '-1', '9999'])}` : name
        form.append(path, sent as string)
      }
      yield form
    } else yield one([null, 7, 'text', [], names, Object.fromEntries(names.map((name) => [name, value()]))])
  }
}
