import { expect, it } from 'vitest'
import { pathWithSlug } from './former-slug'

it.each([
  ['/kitchen/old', '/kitchen/new-town'],
  ['/orders/old/new?q=1', '/orders/new-town/new?q=1'],
  ['/menu?restaurant=old&page=2', '/menu?restaurant=new-town&page=2'],
  ['/recipes?stock=old', '/recipes?stock=new-town'],
  ['/orders/older', '/orders/older'],
  ['/menu?q=old', '/menu?q=old'],
])('%s leads to %s', (path, expected) => {
  expect(pathWithSlug(path, 'old', 'new-town')).toBe(expected)
})
