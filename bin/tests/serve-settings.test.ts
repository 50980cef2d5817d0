import { expect, test } from 'vitest'
import { routeClass, routePriority } from '../serve/route-class.mjs'
import { readSettings } from '../serve/settings.mjs'

test('without an environment serves on this machine alone, with one process and no metrics', () => {
  expect(readSettings({}, { dev: false })).toEqual({
    host: '127.0.0.1',
    port: 3000,
    origin: null,
    workers: 1,
    metricsPort: null,
    dev: false,
    log: { level: 'info', words: false, requests: true },
  })
})

test('the log has words for whoever reads along, and no line for each request then, unless told', () => {
  const log = (env: Record<string, string>, isTerminal = false) =>
    readSettings(env, { dev: false, isTerminal }).log
  expect(log({}, true)).toEqual({ level: 'info', words: true, requests: false })
  expect(log({ LOG_FORMAT: 'json' }, true)).toMatchObject({ words: false, requests: true })
  expect(log({ LOG_FORMAT: 'words', LOG_REQUESTS: 'on', LOG_LEVEL: 'warn' })).toEqual({
    level: 'warn',
    words: true,
    requests: true,
  })
})

test('the development server is one process, whatever WEB_CONCURRENCY says', () => {
  expect(readSettings({ WEB_CONCURRENCY: '4' }, { dev: true }).workers).toBe(1)
  expect(readSettings({ WEB_CONCURRENCY: '4' }, { dev: false }).workers).toBe(4)
})

test.each([
  ['WEB_CONCURRENCY', '0'],
  ['WEB_CONCURRENCY', 'two'],
  ['METRICS_PORT', '70000'],
  ['PORT', '80.5'],
  ['LOG_LEVEL', 'loud'],
  ['LOG_FORMAT', 'xml'],
  ['LOG_REQUESTS', 'yes'],
])('%s=%s is refused in a sentence that names it', (name, value) => {
  expect(() => readSettings({ [name]: value }, { dev: false })).toThrow(`${name} is "${value}"`)
})

test.each([
  ['/healthz?x', 'health'],
  ['/_next/static/a.js', 'static'],
  ['/icon.svg?v=1', 'static'],
  ['/m/berlin', 'guest'],
  ['/api/v1/openapi.json', 'api'],
  ['/readyz', 'api'],
  ['/', 'page'],
  ['/menu?sort=a.b', 'page'],
  ['/meals', 'page'],
])('%s is of the class %s', (url, kind) => {
  expect(routeClass(url)).toBe(kind)
})

test.each([
  ['/kitchen/berlin', 'kitchen'],
  ['/m/berlin?table=4', 'kitchen'],
  ['/api/v1/orders', 'kitchen'],
  ['/orders/berlin/new', 'kitchen'],
  ['/menu', 'usual'],
  ['/menu/changes', 'usual'],
  ['/reports/berlin', 'later'],
  ['/exports/dishes', 'later'],
])('what is asked by %s comes in the order of %s', (url, priority) => {
  expect(routePriority(url)).toBe(priority)
})
