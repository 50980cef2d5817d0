import { beforeEach, describe, expect, test, vi } from 'vitest'
import CacheHandler, { findFreshPage } from './cache-handler.mjs'
import { expireTags } from './expiries.mjs'

let pages = 0
/** A key of its own for each test: the store is the process's one. */
const newKey = () => `/page-${++pages}`
const page = (tags: string[], html = 'the page') => ({
  kind: 'APP_PAGE',
  html,
  headers: { 'x-next-cache-tags': tags.join(',') },
})
const PAGE = { kind: 'APP_PAGE' }
const DATA = { kind: 'FETCH', tags: ['menu:7'] }

const keep = async (key: string, tags: string[]) => {
  await new CacheHandler().set(key, page(tags), {})
}
const find = (key: string, context: { kind: string; tags?: string[]; softTags?: string[] } = PAGE) =>
  new CacheHandler().get(key, context)

beforeEach(() => void vi.stubEnv('MISE', 'on'))

describe('kept pages', () => {
  test('are found as they were kept', async () => {
    const key = newKey()
    const cacheControl = { revalidate: 60 }
    await new CacheHandler().set(key, page(['menu:1']), { cacheControl })
    expect(await find(key)).toMatchObject({ value: { html: 'the page' }, cacheControl })
    expect(await find(newKey())).toBeNull()
  })

  test('are gone once one of their tags expires, and only then', async () => {
    const [mine, other] = [newKey(), newKey()]
    await keep(mine, ['menu', 'menu:1'])
    await keep(other, ['menu', 'menu:2'])
    expireTags(['menu:1'])
    expect(await find(mine)).toBeNull()
    expect(await find(other)).not.toBeNull()
    expireTags(['menu'])
    expect(await find(other)).toBeNull()
  })

  test('come back when they are made again', async () => {
    const key = newKey()
    await keep(key, ['menu:1'])
    expireTags(['menu:1'])
    await keep(key, ['menu:1'])
    expect(await find(key)).not.toBeNull()
  })

  test('are stale from the start when a tag expired while they were being made', async () => {
    const key = newKey()
    const request = new CacheHandler()
    expireTags(['menu:1'])
    await request.set(key, page(['menu:1']), {})
    expect(await find(key)).toBeNull()
  })

  test('go away when Next takes them out', async () => {
    const key = newKey()
    await keep(key, [])
    await new CacheHandler().set(key, null, {})
    expect(await find(key)).toBeNull()
  })

  test('expire by the tags that an action names too', async () => {
    const key = newKey()
    await keep(key, ['_N_T_/m/here'])
    await new CacheHandler().revalidateTag('_N_T_/m/here')
    expect(await find(key)).toBeNull()
  })
})

describe('a guest menu', () => {
  const html =
    '<p>&lt;script>not one&lt;/script></p><script id="x">one</script><link rel="preload" as="script" href="/a"/>'
  const menu = (path: string, status?: number) =>
    new CacheHandler().set(`/route-cache/APP_PAGE/01/$${path}`, { ...page(['menu']), html, status }, {})

  test('is kept without scripts, and found by its path', async () => {
    await menu('/m/berlin')
    expect(findFreshPage('/m/berlin')?.value.html).toBe('<p>&lt;script>not one&lt;/script></p>')
    expireTags(['menu'])
    expect(findFreshPage('/m/berlin')).toBeNull()
  })

  test('that is not there, and every other page, is kept as it was made', async () => {
    await menu('/m/nowhere', 404)
    await menu('/menu')
    expect(await find('/route-cache/APP_PAGE/01/$/m/nowhere')).toMatchObject({ value: { html } })
    expect(await find('/route-cache/APP_PAGE/01/$/menu')).toMatchObject({ value: { html } })
    expect([findFreshPage('/m/nowhere'), findFreshPage('/menu')]).toEqual([null, null])
  })

  test('is forgotten by its path when it is dropped', async () => {
    await menu('/m/london')
    await new CacheHandler().set('/route-cache/APP_PAGE/01/$/m/london', null, {})
    expect(findFreshPage('/m/london')).toBeNull()
  })
})

describe('kept data', () => {
  test('is handed out as too old once its tag expires, so that it can stand in while it cannot be loaded', async () => {
    const key = newKey()
    await new CacheHandler().set(key, { kind: 'FETCH', data: { body: '[]' } }, { tags: ['menu:7'] })
    const fresh = await find(key, DATA)
    expireTags(['menu:7'])
    const stale = await find(key, DATA)
    expect(stale?.value).toBe(fresh?.value)
    expect(fresh?.lastModified).toBeGreaterThan(Date.now() - 60_000)
    expect(stale?.lastModified).toBe(1)
  })

  test('follows the tags of the page that asks for it', async () => {
    const key = newKey()
    await new CacheHandler().set(key, { kind: 'FETCH', data: { body: '[]' } }, { tags: [] })
    expireTags(['_N_T_/m/there'])
    expect((await find(key, { kind: 'FETCH', softTags: ['_N_T_/m/there'] }))?.lastModified).toBe(1)
  })
})

test('with MISE=off pages are made for each reader, and data is kept for when it can not be loaded', async () => {
  const key = newKey()
  await keep(key, [])
  await new CacheHandler().set(`${key} data`, { kind: 'FETCH', data: { body: '[]' } }, { tags: [] })
  vi.stubEnv('MISE', 'off')
  expect(await find(key)).toBeNull()
  expect((await find(`${key} data`, DATA))?.lastModified).toBe(1)
})

describe('the store', () => {
  test('drops what nobody asked for the longest, and keeps what was asked for', async () => {
    const [asked, idle] = [newKey(), newKey()]
    await keep(idle, [])
    await keep(asked, [])
    await find(asked)
    const megabyte = 'x'.repeat(1024 * 1024)
    for (let count = 0; count < 70; count++) {
      await new CacheHandler().set(newKey(), page([], megabyte), {})
      await find(asked)
    }
    expect(await find(asked)).not.toBeNull()
    expect(await find(idle)).toBeNull()
  })

  test('takes older entries for stale rather than remember every tag that ever expired', async () => {
    const key = newKey()
    await keep(key, ['menu:1'])
    expireTags(['menu:1'])
    expireTags(Array.from({ length: 6000 }, (_, number) => `other:${number}`))
    expect(await find(key)).toBeNull()
  })
})
