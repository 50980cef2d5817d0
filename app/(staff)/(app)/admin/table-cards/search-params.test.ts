import { expect, it } from 'vitest'
import { readCardsView } from './search-params'

it('reads one restaurant or several, each once', () => {
  expect(readCardsView({ at: 'berlin' }).restaurants).toEqual(['berlin'])
  expect(readCardsView({ at: ['berlin', 'london', 'berlin', ''] }).restaurants).toEqual(['berlin', 'london'])
})

it('reads nonsense as eight cards without numbers, and too many as the most', () => {
  const plain = { restaurants: [], tables: 8, isNumbered: false, first: 1 }
  expect(readCardsView({})).toEqual(plain)
  expect(readCardsView({ tables: '-1', first: '1e9', numbers: 'yes' })).toEqual(plain)
  expect(readCardsView({ tables: '9999', first: '5000', numbers: 'on' })).toMatchObject({
    tables: 200,
    first: 999,
    isNumbered: true,
  })
})
