import { expect, test } from 'vitest'
import { isDue, lastDue, nextDue } from './due'

const at = (text: string) => new Date(`2026-03-07T${text}Z`)
const standing = { okAt: null, failures: 0, failedAt: null }

test('a job is due once after each time that its schedule names', () => {
  expect(lastDue('close-days', at('12:07:30'))).toEqual(at('12:05:00'))
  expect(lastDue('close-days', at('12:05:00'))).toEqual(at('12:05:00'))
  expect(lastDue('close-days', at('12:04:59.999'))).toEqual(at('12:00:00'))
  expect(nextDue('purge-orders', at('05:50:00'))).toEqual(new Date('2026-03-08T03:00:00Z'))

  const ran = (okAt: Date) => ({ ...standing, okAt })
  expect(isDue('close-days', standing, at('12:07:00'), true)).toBe(true)
  expect(isDue('close-days', ran(at('12:04:58')), at('12:05:00'), true)).toBe(true)
  expect(isDue('close-days', ran(at('12:05:00')), at('12:09:59'), true)).toBe(false)
  expect(isDue('close-days', ran(at('12:05:00')), at('12:10:00'), true)).toBe(true)
})

test('what failed rests before the server tries again, and not where somebody asks for it', () => {
  const failed = { okAt: at('10:00:00'), failures: 3, failedAt: at('12:05:00') }
  expect(isDue('close-days', failed, at('12:08:59'), true)).toBe(false)
  expect(isDue('close-days', failed, at('12:09:00'), true)).toBe(true)
  expect(isDue('close-days', failed, at('12:06:00'), false)).toBe(true)
})
