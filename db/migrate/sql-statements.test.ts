import { describe, expect, test } from 'vitest'
import { parseIndexBuild } from './parse-index'
import { splitStatements } from './sql-statements'

const split = (sql: string) => splitStatements(sql).map((statement) => statement.sql)

describe('SQL is split at its semicolons', () => {
  test('and only there, whatever looks like one', () => {
    expect(split(`select ';', "a;b", e'it\\'s;', 'it''s;'; -- no; comment\nselect 2`)).toEqual([
      `select ';', "a;b", e'it\\'s;', 'it''s;'`,
      'select 2',
    ])
    expect(split('do $$ begin; end $$; do $x$ $$;$$ ; $x$')).toEqual([
      'do $$ begin; end $$',
      'do $x$ $$;$$ ; $x$',
    ])
    expect(split('/* a; /* nested; */ still; */ select 1;')).toEqual(['select 1'])
    expect(split('create rule r as on insert to t do also (select 1; select 2); select 3')).toHaveLength(2)
  })

  test('dollar quotes differ by the case of their tags, and a dollar within a name opens none', () => {
    expect(split('select $A$ ; $a$ ; $A$; select 2')).toHaveLength(2)
    expect(split('select a$b$ from t; select c$b$ from t')).toHaveLength(2)
  })

  test('not within the SQL body of a function', () => {
    const create = `create or replace function f(a int) returns int begin atomic
      select case when a > 1 then 1 else 0 end; select 2; end`
    expect(split(`${create}; select 3`)).toEqual([create, 'select 3'])
  })

  test('and empty statements and comments are none', () => {
    expect(split(';; -- nothing\n/* at all */ ;')).toEqual([])
  })
})

describe('a concurrent index build', () => {
  const parse = (sql: string) => {
    const [statement] = splitStatements(sql)
    return statement ? parseIndexBuild(statement) : null
  }

  test('is taken apart', () => {
    expect(
      parse(`-- why\nCREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "Odd "" name" ON ONLY "public"."orders"
        USING btree ("id") WHERE "orders"."status" = 'open';`),
    ).toEqual({
      name: 'Odd " name',
      table: '"public"."orders"',
      unique: true,
      tail: `\n        USING btree ("id") WHERE "orders"."status" = 'open'`,
    })
    expect(parse('create index concurrently Some_Name on orders(id)')).toEqual({
      name: 'some_name',
      table: 'orders',
      unique: false,
      tail: '(id)',
    })
  })

  test('without a name is told apart', () => {
    expect(parse('create index concurrently on orders (id)')).toBe('unnamed')
  })

  test('is no other statement', () => {
    expect(parse('create index orders_id on orders (id)')).toBeNull()
    expect(parse('drop index concurrently orders_id')).toBeNull()
    expect(parse('vacuum orders')).toBeNull()
  })
})
