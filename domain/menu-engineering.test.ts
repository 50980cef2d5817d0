import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { engineerMenu, MENU_CLASSES, type MenuClass, type SoldItem } from './menu-engineering'

const sold = (menuItemId: number, units: number, margin: number | null, categoryId = 1): SoldItem => ({
  menuItemId,
  categoryId,
  units,
  revenue: units * 2000,
  cost: margin === null ? null : units * (2000 - margin),
})
const classes = (items: readonly SoldItem[]): Record<number, MenuClass | null> =>
  Object.fromEntries([...engineerMenu(items)].map(([id, { menuClass }]) => [id, menuClass]))

describe('menu engineering', () => {
  test('tells stars, plowhorses, puzzles and dogs apart', () => {
    // Of 100 portions of four dishes, 17.5 make one popular; the average margin is 1,000.
    const items = [sold(1, 40, 1200), sold(2, 40, 800), sold(3, 10, 1500), sold(4, 10, 500)]
    expect(classes(items)).toEqual({ 1: 'star', 2: 'plowhorse', 3: 'puzzle', 4: 'dog' })
    expect(engineerMenu(items).get(1)).toMatchObject({
      popularity: 0.4,
      popularFrom: 0.175,
      margin: 1200,
      averageMargin: 1000,
    })
  })

  test('asks for 70 % of an equal share, exactly', () => {
    expect(classes([sold(1, 35, 100), sold(2, 65, 100)])).toEqual({ 1: 'star', 2: 'star' })
    expect(classes([sold(1, 34, 100), sold(2, 66, 100)])).toEqual({ 1: 'puzzle', 2: 'star' })
  })

  test('lets dishes compete within their category, and leaves out what has no card', () => {
    expect(classes([sold(1, 1, 100), sold(2, 99, 900, 2)])).toEqual({ 1: 'star', 2: 'star' })
    const items = [sold(1, 50, null), sold(2, 50, 900), sold(3, 0, 900)]
    expect(classes(items)).toEqual({ 1: null, 2: 'star' })
    expect(engineerMenu(items).get(1)).toMatchObject({ popularity: 0.5, margin: null, averageMargin: 900 })
    expect(classes([sold(1, 5, null)])).toEqual({ 1: null })
  })

  test('gives each category a profitable and a popular dish, and shares that add up', () => {
    const item = fc.record({
      categoryId: fc.integer({ min: 1, max: 3 }),
      units: fc.integer({ min: 1, max: 500 }),
      price: fc.integer({ min: 100, max: 5000 }),
      cost: fc.integer({ min: 0, max: 4000 }),
    })
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 30 }), (items) => {
        const menu = items.map(({ categoryId, units, price, cost }, n) => ({
          menuItemId: n,
          categoryId,
          units,
          revenue: units * price,
          cost: units * cost,
        }))
        const engineered = engineerMenu(menu)
        for (const { menuClass } of engineered.values()) expect(MENU_CLASSES).toContain(menuClass)
        for (const category of new Set(items.map(({ categoryId }) => categoryId))) {
          const rivals = menu
            .filter(({ categoryId }) => categoryId === category)
            .map(({ menuItemId }) => engineered.get(menuItemId) ?? expect.fail())
          expect(rivals.reduce((sum, { popularity }) => sum + popularity, 0)).toBeCloseTo(1)
          expect(rivals.some(({ menuClass }) => menuClass === 'star' || menuClass === 'puzzle')).toBe(true)
          expect(rivals.some(({ menuClass }) => menuClass === 'star' || menuClass === 'plowhorse')).toBe(true)
        }
      }),
    )
  })
})
