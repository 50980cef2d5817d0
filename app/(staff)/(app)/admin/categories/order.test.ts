import { describe, expect, it } from 'vitest'
import { movedTo } from './order'

describe('a move in a list', () => {
  it.each([
    ['2 up', [2, 1, 3]],
    ['2 down', [1, 3, 2]],
    ['3 to 0', [3, 1, 2]],
    ['1 to 9', [2, 3, 1]],
    ['1 up', [1, 2, 3]],
    ['3 down', [1, 2, 3]],
    ['7 up', [1, 2, 3]],
  ])('%s', (move, expected) => {
    expect(movedTo([1, 2, 3], move)).toEqual(expected)
  })
})
