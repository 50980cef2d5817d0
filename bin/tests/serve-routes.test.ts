import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { builtRoutes, readRoutes } from '../serve/routes.mjs'
import { temporaryFolder } from './helpers'

/** As Next writes it. */
const MANIFEST = {
  staticRoutes: [{ page: '/menu' }, { page: '/icon.svg' }, { page: '/api/v1/openapi.json' }],
  dynamicRoutes: [
    { page: '/menu/[id]', regex: '^/menu/([^/]+?)(?:/)?$' },
    { page: '/invite/[token]', regex: '^/invite/([^/]+?)(?:/)?$' },
  ],
}

test('an address is called by the pattern that serves it, and never by what stands in it', () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'routes-manifest.json'), JSON.stringify(MANIFEST))
  const routeOf = readRoutes(folder)
  expect(
    [
      '/menu?q=secret',
      '/menu/7',
      '/invite/secret?x',
      '/icon.svg',
      '/api/v1/openapi.json',
      '/',
      '/_next/static/chunks/a.js',
      '/robots.txt',
      '/secret',
      '/invite/secret/more',
    ].map(routeOf),
  ).toEqual([
    '/menu',
    '/menu/[id]',
    '/invite/[token]',
    '/icon.svg',
    '/api/v1/openapi.json',
    '/',
    'static',
    'static',
    'none',
    'none',
  ])
  expect(readRoutes(join(folder, 'no-build'))('/menu/7')).toBe('page')
})

test('each page and each handler of a build has an address to ask for it', () => {
  const folder = temporaryFolder()
  const files = [
    '/(staff)/(app)/menu/[id]/page',
    '/(staff)/sign-in/page',
    '/(staff)/(app)/admin/imports/[id]/refused.csv/route',
    '/api/v1/orders/route',
  ]
  mkdirSync(join(folder, 'server'))
  writeFileSync(
    join(folder, 'server', 'app-paths-manifest.json'),
    JSON.stringify(Object.fromEntries(files.map((file) => [file, `app${file}.js`]))),
  )
  expect(builtRoutes(folder)).toEqual([
    { method: 'GET', path: '/menu/-' },
    { method: 'GET', path: '/sign-in' },
    { method: 'OPTIONS', path: '/admin/imports/-/refused.csv' },
    { method: 'OPTIONS', path: '/api/v1/orders' },
  ])
})

test('without a build there is no address', () => {
  expect(builtRoutes(temporaryFolder())).toEqual([])
})
