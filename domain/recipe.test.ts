import { expect, test } from 'vitest'
import { difficultyOf } from './recipe'

test('difficulty follows prep time', () => {
  expect([0, 29, 30, 59, 60, 600].map(difficultyOf)).toEqual([
    'easy',
    'easy',
    'medium',
    'medium',
    'hard',
    'hard',
  ])
})
