import { afterEach, describe, expect, test } from 'vitest'
import { evaluatePageModules } from '../serve/page-modules.mjs'
import { warmUp } from '../serve/warm-up.mjs'

const ROUTES = [
  { method: 'GET', path: '/menu' },
  { method: 'OPTIONS', path: '/api/v1/orders' },
]

describe('a web process that starts', () => {
  test('makes a few pages, and has the code of all others loaded, before anybody is sent to it', async () => {
    const asked: string[] = []

    await warmUp((request, response) => {
      asked.push(`${request.method} ${request.url}`)
      response.end('page')
    }, ROUTES)

    expect(asked.filter((one) => one === 'GET /sign-in').length).toBeGreaterThan(1)
    expect(asked.slice(-2)).toEqual(['GET /menu', 'OPTIONS /api/v1/orders'])
  })

  test('goes on to the next page where one can not be made', async () => {
    const asked: (string | undefined)[] = []

    await warmUp((request, response) => {
      asked.push(request.url)
      if (request.url === '/menu') request.destroy()
      else response.end('page')
    }, ROUTES)

    expect(asked.at(-1)).toBe('/api/v1/orders')
  })

  test('serves all the same where no page can be made', async () => {
    let asked = 0

    await warmUp((request) => {
      asked++
      request.destroy()
    }, ROUTES)

    expect(asked).toBe(1)
  })

  test('waits until what holds it up is done', async () => {
    let blocks = 0
    const block = () => {
      for (const end = performance.now() + 50; performance.now() < end; );
      if (++blocks < 5) setTimeout(block, 1)
    }

    await warmUp((_, response) => {
      if (blocks === 0) block()
      response.end('page')
    }, [])

    expect(blocks).toBe(5)
  })
})

describe('the modules of pages', () => {
  const next = globalThis as unknown as Record<string | symbol, unknown>
  const MANIFESTS = Symbol.for('next.server.manifests')
  const REQUIRE = '__next_require__'
  const LOAD = '__next_chunk_load__'
  afterEach(() => {
    for (const name of [MANIFESTS, REQUIRE, LOAD]) delete next[name]
  })

  test('are each evaluated once, after the files that they are in, and one that fails keeps none from it', async () => {
    const done: unknown[] = []
    const form = { '*': { id: 7, chunks: ['form.js'] } }
    next[REQUIRE] = (id: number) => {
      done.push(id)
      if (id === 7) throw new Error('does not evaluate')
    }
    next[LOAD] = async (file: string) => done.push(file)
    next[MANIFESTS] = {
      clientReferenceManifestsPerRoute: new Map([
        ['/menu', { clientReferenceManifest: { ssrModuleMapping: { a: form } } }],
        ['/orders', { clientReferenceManifest: { ssrModuleMapping: { a: form } } }],
      ]),
      serverActionsManifest: { node: { sign: { workers: { 'app/sign-in/page': { moduleId: 9 } } } } },
    }

    await evaluatePageModules()

    expect(done).toEqual(['form.js', 7, 9])
  })

  test('are left alone by a Next that keeps them elsewhere', async () => {
    const done: unknown[] = []
    next[REQUIRE] = (id: number) => done.push(id)

    await evaluatePageModules()

    expect(done).toEqual([])
  })
})
