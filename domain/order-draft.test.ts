import { describe, expect, test } from 'vitest'
import {
  addDish,
  draftOrder,
  draftTotal,
  emptyDraft,
  findDishes,
  isEmpty,
  orderDraft,
  parseEntry,
  removeLine,
  reprice,
  setLine,
} from './order-draft'
import { orderInput } from './order-input'

const dish = (id: number, name: string, price = 1000) => ({ id, name, price, off: false })
const MENU = [
  dish(1, 'Risotto milanese'),
  dish(2, 'Tiramisù'),
  dish(12, 'Sea bass risotto', 2450),
  dish(21, 'Bass ale'),
  dish(120, 'Agnolotti'),
]
const [risotto = dish(1, ''), tiramisu = dish(2, '')] = MENU
const KEY = '018f0000-0000-7000-8000-000000000000'
const draft = addDish(addDish(emptyDraft(KEY), risotto, 2), tiramisu, 1)

describe('an order that is being taken', () => {
  test('counts a dish up on the line that has it, unless that has a note', () => {
    expect(addDish(draft, risotto, 3).lines.map(({ quantity }) => quantity)).toEqual([5, 1])
    const noted = setLine(draft, 0, { note: 'no salt' })
    expect(addDish(noted, risotto, 1).lines.map(({ name, quantity }) => [name, quantity])).toEqual([
      ['Risotto milanese', 2],
      ['Tiramisù', 1],
      ['Risotto milanese', 1],
    ])
    expect(addDish(setLine(draft, 0, { quantity: 999 }), risotto, 1).lines[0]?.quantity).toBe(999)
  })

  test('costs what is shown, and tells so', () => {
    expect(draftTotal(draft)).toBe(3000)
    expect(draftOrder(draft).expectedTotal).toBe(3000)
    expect(draftTotal(removeLine(draft, 0))).toBe(1000)
  })

  test('is an order that the schema takes, and keeps whom to call where there is a number', () => {
    const call = { ...draft, channel: 'delivery', placeOrName: ' Ada ', phone: ' 030 1 ' } as const
    const order = draftOrder(call)
    expect(orderInput.parse(order)).toEqual(order)
    expect(order).toMatchObject({ placeOrName: 'Ada', customer: { name: 'Ada', phone: '030 1' } })
    expect(draftOrder({ ...call, placeOrName: '' }).customer).toEqual({ name: '030 1', phone: '030 1' })
    expect(draftOrder({ ...call, phone: '' })).not.toHaveProperty('customer')
    expect(draftOrder({ ...call, channel: 'dine_in' })).not.toHaveProperty('customer')
  })

  test('survives as text', () => {
    expect(orderDraft.parse(JSON.parse(JSON.stringify(draft)))).toEqual(draft)
  })

  test('knows whether there is something to lose', () => {
    expect(isEmpty(emptyDraft(KEY))).toBe(true)
    expect(isEmpty(draft)).toBe(false)
    expect(isEmpty({ ...emptyDraft(KEY), phone: '1' })).toBe(false)
  })

  test('takes over new prices, names what changed once, and keeps all else', () => {
    const typed = setLine(addDish(setLine(draft, 0, { note: 'no salt' }), risotto, 1), 1, { quantity: 4 })
    const menu = new Map([[1, { ...risotto, price: 1100 }]])
    const { draft: now, changes } = reprice(typed, menu)
    expect(changes).toEqual([{ menuItemId: 1, name: 'Risotto milanese', was: 1000, now: 1100 }])
    expect(now.lines.map(({ price, quantity, note }) => [price, quantity, note])).toEqual([
      [1100, 2, 'no salt'],
      [1000, 4, ''],
      [1100, 1, ''],
    ])
    expect(reprice(draft, new Map(MENU.map((each) => [each.id, each])))).toEqual({ draft, changes: [] })
  })
})

describe('what is typed to add a dish', () => {
  test.each([
    ['ris', null, 'ris'],
    ['  sea bass ', null, 'sea bass'],
    ['3 ris', 3, 'ris'],
    ['3x ris', 3, 'ris'],
    ['3 x sea bass', 3, 'sea bass'],
    ['2 12', 2, '12'],
    ['12', null, '12'],
    ['x4', 4, ''],
    ['4x', 4, ''],
    ['0 ris', 1, 'ris'],
    ['', null, ''],
  ])('reads "%s"', (text, quantity, words) => {
    expect(parseEntry(text)).toEqual({ quantity, words })
  })

  test.each([
    ['ris', ['Risotto milanese', 'Sea bass risotto']],
    ['TIRAMISU', ['Tiramisù']],
    ['bas', ['Bass ale', 'Sea bass risotto']],
    ['ba ri', ['Sea bass risotto']],
    ['12', ['Sea bass risotto', 'Agnolotti']],
    ['2', ['Tiramisù', 'Bass ale']],
    ['otti', ['Agnolotti']],
    ['', []],
    ['pizza', []],
  ])('finds by "%s", the best first', (words, names) => {
    expect(findDishes(MENU, words, 8).map(({ name }) => name)).toEqual(names)
  })

  test('finds no more than asked for', () => {
    expect(findDishes(MENU, 's', 1)).toHaveLength(1)
  })
})
