import { expect, test } from 'vitest'
import { formatBytes } from './bytes'

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [8192, '8 kB'],
  [1536, '1.5 kB'],
  [3.4 * 1024 ** 2, '3.4 MB'],
  [120.4 * 1024 ** 3, '120 GB'],
  [5000 * 1024 ** 4, '5000 TB'],
  [-2048, '-2 kB'],
])('%d bytes read %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})
