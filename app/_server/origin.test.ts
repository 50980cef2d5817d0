import { describe, expect, it } from 'vitest'
import { isOwnOrigin, safeNext } from './origin'

const OWN = ['https://brigade.example.com']

describe('the origin of a request', () => {
  it('is ours when it is exactly one of our origins', () => {
    expect(isOwnOrigin(new Headers({ origin: 'https://brigade.example.com' }), OWN)).toBe(true)
  })

  it.each([
    'https://evil.example',
    'http://brigade.example.com',
    'https://brigade.example.com:8443',
    'https://brigade.example.com.evil.example',
    'https://evil.example/https://brigade.example.com',
    'null',
    '',
  ])('is foreign when it is "%s"', (origin) => {
    expect(isOwnOrigin(new Headers({ origin }), OWN)).toBe(false)
  })

  it('is foreign when the header is missing, whatever the others say', () => {
    const headers = new Headers({
      host: 'brigade.example.com',
      'x-forwarded-host': 'brigade.example.com',
      referer: 'https://brigade.example.com/menu',
      'sec-fetch-site': 'same-origin',
    })
    expect(isOwnOrigin(headers, OWN)).toBe(false)
  })
})

describe('the page to go on to after signing in', () => {
  it.each(['/menu', '/kitchen/north?station=grill', '/menu?q=a%20b&page=2'])(
    'is %s when asked for',
    (next) => {
      expect(safeNext(next)).toBe(next)
    },
  )

  it.each([
    undefined,
    null,
    '',
    '/',
    'menu',
    'https://evil.example/',
    '//evil.example/menu',
    '/\\evil.example',
    '\\\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'javascript:alert(1)',
    '/sign-in',
    '/sign-in?next=/menu',
  ])('is the overview instead of %j', (next) => {
    expect(safeNext(next)).toBe('/overview')
  })
})
