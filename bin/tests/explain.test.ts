import { describe, expect, it } from 'vitest'
import type { Plan } from '../../db/explain'
import { readWish } from '../explain/arguments'
import { report, reportBoth, reportJson } from '../explain/report'

describe('what is asked on the command line', () => {
  it('is a query with parameters as text, as JSON and several times', () => {
    const { call, compare } = readWish([
      'searchRecipes',
      'cuisine=Thai',
      'cuisine=Greek',
      '{"prep":20}',
      'q=a=b',
    ])
    expect(call).toEqual({
      query: 'searchRecipes',
      given: { cuisine: ['Thai', 'Greek'], prep: 20, q: 'a=b' },
    })
    expect(compare).toBeNull()
  })

  it('may be compared with other parameters or another query', () => {
    const first = ['getOrder', 'id=1', 'x=2']
    expect(readWish([...first, '--compare', 'x=3', '--json'])).toMatchObject({
      compare: { query: 'getOrder', given: { id: '1', x: '3' } },
      json: true,
    })
    expect(readWish([...first, '--compare', 'todaysOrders', 'limit=3']).compare).toEqual({
      query: 'todaysOrders',
      given: { limit: '3' },
    })
    expect(readWish([...first, '--compare']).compare).toEqual(readWish(first).call)
  })

  it('is nothing for a list', () => {
    expect(readWish([]).call).toBeNull()
  })

  it.each([
    [['getOrder', 'id'], '"id" is no parameter'],
    [['id=3'], '"id=3" is a parameter'],
    [['getOrder', '{id:3}'], '{id:3} is no JSON'],
    [['getOrder', '--fast'], "Unknown option '--fast'"],
    [['getOrder', '--limit', 'soon'], '"soon" is not that'],
    [['--compare'], 'Compare what?'],
  ])('is refused in words: %j', (args, words) => {
    expect(() => readWish(args)).toThrow(words)
  })
})

const scan = {
  'Node Type': 'Seq Scan',
  'Relation Name': 'orders',
  Alias: 'o',
  Filter: `(id = ANY ('{${Array.from({ length: 99 }, (_, id) => id)}}'::int[]))`,
  'Plan Rows': 7,
  'Actual Rows': 4.5,
  'Actual Loops': 2,
  'Actual Total Time': 1.25,
  'Rows Removed by Filter': 9000,
  'Shared Hit Blocks': 1234,
}

const plan = (buffers: number): Plan => ({
  statement: { text: 'select *\n  from orders', args: [] },
  executionMs: 3.21,
  planningMs: 0.5,
  buffers,
  indexes: ['orders_open'],
  scanned: ['orders'],
  tree: { 'Node Type': 'Limit', 'Plan Rows': 7, 'Actual Rows': 9, 'Actual Loops': 1, Plans: [scan] },
})

const explained = (buffers: number) => ({
  query: 'orders.getOrder',
  given: { id: 7 },
  params: 'id=1',
  person: { name: 'Ada', email: 'ada@example.com', role: 'admin' },
  restaurant: { name: 'Nord', slug: 'nord' },
  plans: [plan(buffers)],
})

describe('a plan', () => {
  it('is a tree with real rows beside the expected, over all loops, and what to look at', () => {
    const lines = report(explained(50), { sql: false }).split('\n')
    expect(lines.slice(0, 3)).toEqual([
      'orders.getOrder id=7',
      'As Ada <ada@example.com>, admin, at Nord (nord).',
      'Unless given: id=1',
    ])
    expect(lines).toContain('Statement 1 of 1: 3.21 ms, 50 pages of 8 kB, planned in 0.50 ms.')
    expect(lines).toContain('select * from orders')
    expect(lines).toContainEqual(expect.stringMatching(/^└─ Seq Scan orders as o × 2 +9 +14 +1,234 +2\.50$/))
    expect(lines).toContainEqual(expect.stringMatching(/^ +filter: .+ … .+removed 18,000 rows$/))
    expect(lines).toContain('        ! sequential scan over 18,009 rows of orders')
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(130)
  })

  it('stands beside another one where both fit, else above it, after a table of their figures', () => {
    const both = (columns: number) => reportBoth(explained(50), explained(100), { sql: false, columns })
    expect(both(400)).toMatch(/^pages of 8 kB +50 +100 +× 2\.0$/m)
    expect(both(400)).toMatch(/^Limit .+ │ Limit .+$/m)
    expect(both(100)).not.toContain('│ Limit')
    expect(both(100).match(/^Limit /gm)).toHaveLength(2)
  })

  it('is JSON for other programs', () => {
    expect(reportJson(explained(50))).toMatchObject({
      query: 'orders.getOrder',
      statements: [
        {
          text: 'select *\n  from orders',
          buffers: 50,
          warnings: [/sequential/, /removed/].map((w) => expect.stringMatching(w)),
        },
      ],
    })
  })
})
