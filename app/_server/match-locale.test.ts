import { expect, test } from 'vitest'
import { matchLocale } from './match-locale'

test.each([
  ['de-AT,de;q=0.9,en;q=0.5', 'de-AT'],
  ['en;q=0.3, fr-CH', 'fr-CH'],
  ['tlh, it;q=0.4', 'it'],
  ['*', 'en-GB'],
  ['', 'en-GB'],
  ['ar-u-nu-arab', 'en-GB'],
  ['en;q=0, \u0000;q=x, ,,;', 'en-GB'],
])('reads %j as %s', (header, locale) => {
  expect(matchLocale(header)).toBe(locale)
})

test('without a header writes as the chain does', () => {
  expect(matchLocale(null)).toBe('en-GB')
})
