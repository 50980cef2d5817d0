import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Cover,
  countScouted,
  countTaken,
  pairCovers,
  SHARED_AT_LEAST,
  singleCover,
  type WeighedIngredient,
} from './similar-recipes'

const cards = fc
  .array(fc.double({ min: 0.05, max: 12, noNaN: true }), { maxLength: 9 })
  .map((weights): WeighedIngredient[] =>
    weights
      .sort((a, b) => b - a)
      .map((weight, index) => ({ id: index + 1, weight, share: 0.5 / (index + 1) })),
  )

const meets = (ids: readonly number[], cover: Cover) =>
  cover.every((list) => list.some((id) => ids.includes(id)))

/** Every set of the card's ingredients that another recipe could share. */
const subsets = (card: readonly WeighedIngredient[]) =>
  Array.from({ length: 2 ** card.length }, (_, bits) => card.filter((_, place) => bits & (1 << place)))

describe('the covers of a card', () => {
  test('are met by every recipe that shares enough and reaches the score', () => {
    fc.assert(
      fc.property(cards, fc.double({ min: 0, max: 40, noNaN: true }), fc.nat(9), (card, score, more) => {
        const paired = Math.min(card.length, countTaken(card, score) + more)
        const single = singleCover(card, paired, score)
        const covers = [...pairCovers(card, 0, paired), ...(single ? [single] : [])]
        for (const shared of subsets(card)) {
          const sum = shared.reduce((total, { weight }) => total + weight, 0)
          if (shared.length < SHARED_AT_LEAST || sum < score) continue
          const ids = shared.map(({ id }) => id)
          expect(covers.some((cover) => meets(ids, cover))).toBe(true)
        }
      }),
    )
  })

  test('take fewer ingredients, the higher the score', () => {
    fc.assert(
      fc.property(cards, fc.double({ min: 0, max: 20, noNaN: true }), (card, score) => {
        expect(countTaken(card, score + 1)).toBeLessThanOrEqual(countTaken(card, score))
        expect(countTaken(card, 0)).toBe(Math.max(0, card.length - SHARED_AT_LEAST + 1))
      }),
    )
  })

  test('of pairs are all pairs', () => {
    fc.assert(
      fc.property(cards, fc.nat(9), fc.nat(9), (card, from, to) => {
        const covers = pairCovers(card, from, Math.min(to, card.length))
        for (const [a, first] of card.entries())
          for (const [b, second] of card.entries()) {
            const isNew = a < b && b >= from && b < to
            if (isNew) expect(covers.some((cover) => meets([first.id, second.id], cover))).toBe(true)
          }
      }),
    )
  })

  test('leave out what cannot reach the score', () => {
    const card = [5, 4, 3, 1, 1].map((weight, index) => ({ id: index + 1, weight, share: 0.01 }))
    // 12 or more of 14: only 2 may be missing, so the first three are sure.
    expect(countTaken(card, 12)).toBe(1)
    expect(pairCovers(card, 0, 1)).toEqual([])
    expect(singleCover(card, 1, 12)).toEqual([[1], [2], [3]])
    expect(singleCover(card, 1, 14.5)).toBeNull()
  })
})

test('scouting stops at as many ingredients as are likely to bring the recipes wanted', () => {
  const card = [0.01, 0.02, 0.05, 0.2].map((share, index) => ({ id: index + 1, weight: 4 - index, share }))
  expect(countScouted(card, 10_000, 2)).toBe(2)
  expect(countScouted(card, 10_000, 3)).toBe(3)
  expect(countScouted(card, 10_000, 1_000_000)).toBe(4)
  expect(countScouted([], 10_000, 1)).toBe(0)
})
