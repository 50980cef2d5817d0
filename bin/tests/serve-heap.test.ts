import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { HEAP_FLAGS } from '../lib/heap.mjs'

const ALLOCATE = `
  let kept = []
  for (let i = 0; i < 3_000_000; i++) {
    kept.push({ i })
    if (kept.length > 200_000) kept = []
  }`

test('a web process collects what is young by itself, whatever else wants the processor', () => {
  const trace = execFileSync(process.execPath, [...HEAP_FLAGS, '--trace-gc-nvp', '-e', ALLOCATE], {
    encoding: 'utf8',
  })
  const young = trace.split('\n').filter((line) => line.includes(' gc=s '))
  const helped = young.filter((line) => !line.includes(' background.scavenge.parallel=0.00 '))

  expect(young.length).toBeGreaterThan(0)
  expect(helped).toEqual([])
})
