import { describe, expect, test } from 'vitest'
import { barsOf, totalUse } from './use-figures'

const nothing = { received: '0', consumed: '0', wasted: '0', counted: '0', transferred: '0', onHand: '0' }
const day = (given: Partial<typeof nothing>) => ({ ...nothing, businessDate: '2026-11-21', ...given })

describe('what an ingredient was used for', () => {
  test('is what was sold by the cards, what was written off, and what counts did not find', () => {
    const days = [day({ consumed: '0.1', wasted: '0.2' }), day({ consumed: '1', counted: '-0.5' })]
    expect(totalUse(days)).toEqual({ theoretical: '1.1', wasted: '0.2', missing: '0.5', actual: '1.8' })
  })

  test('is less where a count found more', () => {
    expect(totalUse([day({ consumed: '2', counted: '0.5' })])).toEqual({
      theoretical: '2',
      wasted: '0',
      missing: '-0.5',
      actual: '1.5',
    })
  })

  test('is drawn against the highest day', () => {
    const days = [day({ consumed: '3', wasted: '1' }), day({ consumed: '2', counted: '1' }), day({})]
    expect(barsOf(days)).toEqual({
      highest: '4',
      bars: [
        { theoretical: 0.75, wasted: 0.25, missing: 0 },
        { theoretical: 0.5, wasted: 0, missing: 0 },
        { theoretical: 0, wasted: 0, missing: 0 },
      ],
    })
    expect(barsOf([day({})])).toEqual({
      highest: '0',
      bars: [{ theoretical: 0, wasted: 0, missing: 0 }],
    })
  })
})
