import fc from 'fast-check'
import { expect, test } from 'vitest'
import { budgetInWords, connectionBudget } from './connection-budget'

test('counts each pool and listener, one process that takes over, a migrator and housekeeping against what the server has left', () => {
  const budget = connectionBudget({ processes: 4, poolMax: 10, maxConnections: 100, reserved: 3 })
  expect(budget).toEqual({ needed: 58, available: 97, fits: true })
  expect(budgetInWords(budget, 4)).toBe(
    '4 web processes may open 58 of the 97 connections that PostgreSQL has for them.',
  )
})

test('the pool that it proposes fits, and one larger does not', () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 64 }),
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 10, max: 500 }),
      (processes, poolMax, maxConnections) => {
        const server = { processes, maxConnections, reserved: 3 }
        const budget = connectionBudget({ ...server, poolMax })
        const proposed = /POOL_MAX to (\d+)/.exec(budgetInWords(budget, processes))?.[1]
        fc.pre(proposed !== undefined)
        expect(connectionBudget({ ...server, poolMax: Number(proposed) }).fits).toBe(true)
        expect(connectionBudget({ ...server, poolMax: Number(proposed) + 1 }).fits).toBe(false)
      },
    ),
  ))

test('says to run fewer processes where no pool would fit', () => {
  const budget = connectionBudget({ processes: 60, poolMax: 10, maxConnections: 100, reserved: 3 })
  expect(budgetInWords(budget, 60)).toContain('run fewer processes')
})
