import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Gate, Overloaded, PRIORITIES, type Priority } from './gate'

describe('the gate', () => {
  test('never lets more in than it has permits, keeps the order of arrival, and gives every permit back', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 30 }),
        async (max, callers) => {
          const gate = new Gate({ max, queue: callers, waitMs: 10_000 })
          let inside = 0
          let most = 0
          const order: number[] = []
          const work = async (caller: number) => {
            await gate.enter()
            order.push(caller)
            most = Math.max(most, ++inside)
            await Promise.resolve()
            inside--
            gate.leave()
          }
          await Promise.all(Array.from({ length: callers }, (_, caller) => work(caller)))
          expect(most).toBeLessThanOrEqual(max)
          expect(order).toEqual([...order].sort((a, b) => a - b))
          expect(gate.stats()).toMatchObject({ inUse: 0, waiting: 0, admitted: callers })
        },
      ),
    ))

  test('refuses at once when the queue is full and after the deadline when nothing comes free', async () => {
    const gate = new Gate({ max: 1, queue: 1, waitMs: 20 })
    await gate.enter()
    const waiting = gate.enter()
    expect(gate.saturated()).toBe(true)
    await expect(gate.enter()).rejects.toBeInstanceOf(Overloaded)
    await expect(waiting).rejects.toBeInstanceOf(Overloaded)
    gate.leave()
    await gate.enter()
    expect(gate.stats()).toMatchObject({ inUse: 1, waiting: 0, refused: 2 })
  })

  test('lets in who may wait the shortest first, so that a request that asks again need not begin anew', async () => {
    const gate = new Gate({ max: 1, queue: 5, waitMs: 10_000 })
    await gate.enter('kitchen')
    const order: string[] = []
    const asks = [
      { who: 'came first', waitMs: 9000 },
      { who: 'came second', waitMs: 9000 },
      { who: 'asks again', waitMs: 4000 },
    ].map(async ({ who, waitMs }) => {
      await gate.enter('kitchen', waitMs)
      order.push(who)
      gate.leave()
    })

    gate.leave()
    await Promise.all(asks)

    expect(order).toEqual(['asks again', 'came first', 'came second'])
  })

  test('lets in who waits by priority, and by arrival within one, whatever the order in which they came', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...PRIORITIES), { maxLength: 30 }),
        async (callers: Priority[]) => {
          const gate = new Gate({ max: 2, queue: 30, waitMs: 10_000 })
          await gate.enter()
          await gate.enter()
          const order: { priority: Priority; at: number }[] = []
          const all = callers.map(async (priority, at) => {
            await gate.enter(priority)
            order.push({ priority, at })
            gate.leave()
          })
          gate.leave()
          gate.leave()
          await Promise.all(all)
          const rank = ({ priority, at }: (typeof order)[number]) => PRIORITIES.indexOf(priority) * 100 + at
          expect(order).toEqual(order.toSorted((a, b) => rank(a) - rank(b)))
          expect(gate.stats()).toMatchObject({ inUse: 0, waiting: 0 })
        },
      ),
    ))

  test('gives a place in a full queue to whom a kitchen waits for, and takes it from what can wait', async () => {
    const gate = new Gate({ max: 1, queue: 2, waitMs: 10_000 })
    await gate.enter()
    const report = gate.enter('later')
    const page = gate.enter('usual')
    expect(PRIORITIES.map((priority) => gate.saturated(priority))).toEqual([false, false, false, true])
    const order = gate.enter('kitchen')
    await expect(report).rejects.toBeInstanceOf(Overloaded)
    const bump = gate.enter('kitchen')
    await expect(page).rejects.toBeInstanceOf(Overloaded)
    await expect(gate.enter('usual')).rejects.toBeInstanceOf(Overloaded)
    await expect(gate.enter('kitchen')).rejects.toBeInstanceOf(Overloaded)
    gate.leave()
    await order
    gate.leave()
    await bump
    gate.leave()
    expect(gate.stats()).toMatchObject({ inUse: 0, waiting: 0, refused: 4 })
    expect(PRIORITIES.map((priority) => gate.retryAfterSeconds(priority))).toEqual([1, 1, 10, 10])
  })

  test('keeps one permit of several from what can wait', async () => {
    const gate = new Gate({ max: 3, queue: 5, waitMs: 10_000 })
    await gate.enter('later')
    await gate.enter('later')
    let isIn = false
    const third = gate.enter('later').then(() => {
      isIn = true
    })
    await gate.enter('kitchen')
    gate.leave()
    await Promise.resolve()
    expect(isIn).toBe(false)
    gate.leave()
    await third
    expect(gate.stats()).toMatchObject({ inUse: 2, waiting: 0 })
  })
})
