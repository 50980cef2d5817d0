import { readFileSync } from 'node:fs'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, test } from 'vitest'
import { appRoutes } from '@/e2e/routes'
import { OPERATIONS, openApiDocument } from './openapi'

/** `METHOD /path` of every handler under /api/v1, from the route files. */
const handlers = (): string[] =>
  appRoutes()
    .filter((route) => route.startsWith('/api/v1/') && route !== '/api/v1/openapi.json')
    .flatMap((route) => {
      const source = readFileSync(`app${route}/route.ts`, 'utf8')
      const methods = [...source.matchAll(/^export (?:async )?(?:function|const) ([A-Z]+)\b/gm)]
      return methods.map(([, method]) => `${method} ${route.replace('[id]', '{id}')}`)
    })

test('the description is valid OpenAPI 3.1', async () => {
  const validator = new Validator()
  const result = await validator.validate(JSON.parse(JSON.stringify(openApiDocument())))
  expect(result).toMatchObject({ valid: true })
  expect(validator.version).toBe('3.1')
})

test('every handler of the API is described, and nothing else', () => {
  const described = OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  expect(described.sort()).toEqual(handlers().sort())
})
