import { expect, test } from 'vitest'
import { type LockNode, lockTree } from './lock-tree'

const party = (pid: number, ...blockedBy: number[]) => ({ pid, blockedBy })
type Drawn = { [pid: number]: Drawn }
const draw = (nodes: LockNode<ReturnType<typeof party>>[]): Drawn =>
  Object.fromEntries(nodes.map(({ session, waiting }) => [session.pid, draw(waiting)]))

test('sessions that wait for nobody and keep nobody waiting are left out', () => {
  expect(lockTree([party(1), party(2)])).toEqual([])
})

test('those who wait stand under the one that they wait for', () => {
  // A report, a migrator that waits for it, and the requests that queue up behind the migrator.
  const tree = lockTree([party(30, 20), party(10), party(40, 10, 20), party(20, 10), party(50)])
  expect(draw(tree)).toEqual({ 10: { 20: { 30: {}, 40: {} } } })
})

test('whoever waits for a session that is not to be seen stands on top', () => {
  expect(draw(lockTree([party(1, 99), party(2, 1)]))).toEqual({ 1: { 2: {} } })
})

test('a ring is shown once, with who waits for it', () => {
  const tree = lockTree([party(1, 2), party(2, 3), party(3, 1), party(4, 3)])
  expect(draw(tree)).toEqual({ 1: { 3: { 2: {}, 4: {} } } })
})
