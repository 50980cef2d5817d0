import { describe, expect, test } from 'vitest'
import {
  alertAnswer,
  countInput,
  countLines,
  deliveryInput,
  purchaseDraft,
  stockRule,
  transferInput,
  wasteInput,
} from './stock-input'

const id = '01a20652-1fbd-72ef-8cae-90fc9583c3d6'
const waste = { id, ingredientId: '7', quantity: '0,250', reason: 'dropped', note: ' on  the floor ' }

describe('what forms about stock send', () => {
  test('is read with a comma or a point, and kept in its shortest form', () => {
    expect(wasteInput.parse(waste)).toEqual({
      ...waste,
      ingredientId: 7,
      quantity: '0.25',
      note: 'on the floor',
    })
    const counted = ['007.500', null, '', '0'].map((typed, n) => ({ ingredientId: n + 1, counted: typed }))
    expect(countLines.parse({ countId: id, lines: counted }).lines.map((line) => line.counted)).toEqual([
      '7.5',
      null,
      null,
      '0',
    ])
  })

  test('leaves out the lines of a sheet that still say what it showed', () => {
    const line = (ingredientId: number, counted: string, was: string) => ({ ingredientId, counted, was })
    const lines = [line(1, '2', '2'), line(2, '3', '2'), line(3, '', ''), line(4, '', '7')]
    expect(countLines.parse({ countId: id, lines }).lines).toEqual([
      { ingredientId: 2, counted: '3' },
      { ingredientId: 4, counted: null },
    ])
    const wrong = countLines.safeParse({ countId: id, lines: [...lines, line(5, 'x', '')] })
    expect(wrong.error?.issues.map(({ path }) => path.join('.'))).toEqual(['lines.4.counted'])
  })

  test.each(['-1', '1.2345', '1e3', '1.', 'two', '12345678901', 'Infinity'])(
    'refuses the amount "%s"',
    (counted) => {
      const lines = [{ ingredientId: 1, counted }]
      expect(countLines.safeParse({ countId: id, lines }).success).toBe(false)
    },
  )

  test('wastes and transfers something, each ingredient once', () => {
    expect(wasteInput.safeParse({ ...waste, quantity: '0.000' }).success).toBe(false)
    expect(wasteInput.safeParse({ ...waste, reason: 'because' }).success).toBe(false)
    const line = { ingredientId: 1, quantity: '1' }
    expect(transferInput.safeParse({ id, note: '', lines: [line] }).success).toBe(true)
    expect(transferInput.safeParse({ id, note: '', lines: [] }).success).toBe(false)
    expect(transferInput.safeParse({ id, note: '', lines: [line, line] }).success).toBe(false)
    const counted = { ingredientId: 1, counted: '1' }
    expect(countLines.safeParse({ countId: id, lines: [counted, counted] }).success).toBe(false)
  })

  test('orders whole packs, and receives nothing or more at a price', () => {
    const draft = (packs: number) => ({
      orderId: id,
      version: 1,
      note: '',
      lines: [{ ingredientId: 1, packs }],
    })
    expect(purchaseDraft.safeParse(draft(3)).success).toBe(true)
    expect(purchaseDraft.safeParse(draft(0)).success).toBe(true)
    expect(purchaseDraft.safeParse(draft(1.5)).success).toBe(false)
    expect(purchaseDraft.safeParse(draft(-1)).success).toBe(false)
    const delivery = (quantity: string, unitPrice: string) =>
      deliveryInput.safeParse({
        id,
        orderId: id,
        reference: ' LS 12 ',
        note: '',
        lines: [{ ingredientId: 1, quantity, unitPrice }],
        rest: 'wait',
      })
    expect(delivery('0', '320').data?.reference).toBe('LS 12')
    expect(delivery('2,5', '0.0125').success).toBe(true)
    expect(delivery('2,5', '-1').success).toBe(false)
  })

  test('never asks for a par below the minimum', () => {
    const rule = (minimum: string, par: string) => ({
      ingredientId: 1,
      minimum,
      par,
      base: { minimum: '1', par: '2' },
    })
    expect(stockRule.safeParse(rule('5', '5.0')).success).toBe(true)
    expect(stockRule.safeParse(rule('5', '4.999')).error?.issues[0]?.path).toEqual(['par'])
  })

  test('counts one area or everything, and answers an alert for good or until an instant', () => {
    expect(countInput.parse({ id, storageArea: null, isBlind: true }).storageArea).toBeNull()
    expect(countInput.safeParse({ id, storageArea: 'cellar', isBlind: true }).success).toBe(false)
    const answer = { restaurantId: 1, ingredientId: 1, reason: ' van is late ', until: null }
    expect(alertAnswer.parse(answer).reason).toBe('van is late')
    expect(alertAnswer.parse({ ...answer, until: new Date(0) }).until).toEqual(new Date(0))
  })
})
