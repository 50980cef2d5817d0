import { beforeEach, describe, expect, test, vi } from 'vitest'
import { expireTags } from './expiries.mjs'
import { miseFigures, prepared } from './mise'

let names = 0
/** A preparation whose loads the test answers, one after the other. */
function pot(tags: readonly string[] = ['pot']) {
  const asked: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = []
  const name = `pot ${++names}`
  const get = prepared({
    name,
    key: (id: number) => String(id),
    tags: () => tags,
    freshSeconds: 60,
    load: () => new Promise<unknown>((resolve, reject) => asked.push({ resolve, reject })),
  })
  const load = (n: number) => {
    const found = asked[n]
    if (!found) throw new Error(`There was no load ${n}.`)
    return found
  }
  return { get, asked, load, figures: () => miseFigures().find((figures) => figures.name === name) }
}

beforeEach(() => {
  vi.stubEnv('MISE', 'on')
  vi.useRealTimers()
})

describe('what is prepared', () => {
  test('is loaded once for a thousand who ask at the same time, and for those who ask later', async () => {
    const { get, asked, load, figures } = pot()
    const all = Array.from({ length: 1000 }, () => get(1))
    await Promise.resolve()
    load(0).resolve({ soup: 7 })
    expect(new Set(await Promise.all(all)).size).toBe(1)
    expect(await get(1)).toEqual({ soup: 7 })
    expect(asked).toHaveLength(1)
    expect(figures()).toMatchObject({ loads: 1, joined: 999, hits: 1, entries: 1, failures: 0 })
  })

  test('is kept for each key by itself', async () => {
    const { get, asked, load } = pot()
    const [one, two] = [get(1), get(2)]
    await Promise.resolve()
    load(0).resolve('one')
    load(1).resolve('two')
    expect([await one, await two]).toEqual(['one', 'two'])
    expect(asked).toHaveLength(2)
  })

  test('is loaded anew once one of its tags expired, and not for another one', async () => {
    const { get, asked, load } = pot(['menu', 'menu:1'])
    const first = get(1)
    load(0).resolve('old')
    await first
    expireTags(['menu:2'])
    expect(await get(1)).toBe('old')
    expireTags(['menu:1'])
    const second = get(1)
    load(1).resolve('new')
    expect(await second).toBe('new')
    expect(asked).toHaveLength(2)
  })

  test('is not shared with those who ask after a tag expired, when its loading began before', async () => {
    const { get, load } = pot()
    const early = get(1)
    expireTags(['pot'])
    const late = get(1)
    load(1).resolve('new')
    load(0).resolve('old')
    expect([await early, await late]).toEqual(['old', 'new'])
    const third = get(1)
    load(2).resolve('newer')
    expect(await third, 'what was loaded too early and kept last is stale').toBe('newer')
  })

  test('is handed out when it is only old, while one reader renews it behind', async () => {
    vi.useFakeTimers()
    const { get, asked, load, figures } = pot()
    const first = get(1)
    load(0).resolve('morning')
    await first
    vi.advanceTimersByTime(61_000)
    expect([await get(1), await get(1), await get(1)]).toEqual(['morning', 'morning', 'morning'])
    expect(asked).toHaveLength(2)
    load(1).resolve('noon')
    await vi.waitFor(async () => expect(await get(1)).toBe('noon'))
    expect(figures()).toMatchObject({ renewed: 1, loads: 2 })
  })

  test('stays when it can not be renewed, and is tried again a little later', async () => {
    vi.useFakeTimers()
    vi.spyOn(console, 'warn').mockImplementation(() => {})
    const { get, asked, load, figures } = pot()
    const first = get(1)
    load(0).resolve('morning')
    await first
    vi.advanceTimersByTime(61_000)
    await get(1)
    load(1).reject(new Error('no database'))
    await vi.waitFor(() => expect(figures()?.failures).toBe(1))
    expect(await get(1)).toBe('morning')
    expect(asked).toHaveLength(2)
    vi.advanceTimersByTime(6000)
    expect(await get(1)).toBe('morning')
    expect(asked).toHaveLength(3)
  })

  test('is not kept when loading fails: all who wait are told, and the next one tries', async () => {
    const { get, load } = pot()
    const waiting = Promise.allSettled([get(1), get(1)])
    load(0).reject(new Error('no database'))
    expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    const next = get(1)
    load(1).resolve('there')
    expect(await next).toBe('there')
  })

  test('can not be changed by a reader, for all have the same', async () => {
    const { get, load } = pot()
    const first = get(1)
    load(0).resolve({ dishes: [{ price: 900 }] })
    const menu = (await first) as { dishes: { price: number }[] }
    expect(() => {
      for (const dish of menu.dishes) dish.price = 1
    }).toThrow(TypeError)
  })

  test('gives way to what was asked for later when all of it grows too large', async () => {
    const { get, asked, load, figures } = pot()
    for (let id = 0; id < 40; id++) {
      const loaded = get(id)
      load(id).resolve('x'.repeat(1024 * 1024))
      await loaded
    }
    expect(figures()?.entries).toBeLessThan(33)
    expect(figures()?.bytes).toBeLessThanOrEqual(32 * 1024 * 1024)
    await get(39)
    expect(asked).toHaveLength(40)
    const first = get(0)
    load(40).resolve('small')
    await first
    expect(asked).toHaveLength(41)
  })

  test('is loaded by each reader with MISE=off', async () => {
    vi.stubEnv('MISE', 'off')
    const { get, asked, load } = pot()
    const both = [get(1), get(1)]
    load(0).resolve('a')
    load(1).resolve('b')
    expect(await Promise.all(both)).toEqual(['a', 'b'])
    expect(asked).toHaveLength(2)
  })
})
