import { expect, test } from 'vitest'
import { stepsOf } from './method-text'

test.each([
  ['a numbered list', '1. Sweat the onion.\n2. Add the rice.\n10. Serve.', 3],
  ['brackets, words and colons', '1) Sweat\nStep 2: Add\nstep 3. Serve', 3],
  ['bullets', '• Sweat\n• Add\n- Serve', 3],
  ['lines of Windows with empty ones between', '1. Sweat\r\n\r\n2. Add\r\n', 2],
])('%s becomes its steps', (_, text, count) => {
  const steps = stepsOf(text)
  expect(steps).toHaveLength(count)
  expect(steps[0]).toMatch(/^Sweat/)
})

test('a line without a mark belongs to the step above it, and a heading is kept', () => {
  expect(stepsOf('For the base\n1. Sweat the onion\n   until clear.\n2. Serve.')).toEqual([
    'For the base',
    'Sweat the onion until clear.',
    'Serve.',
  ])
})

test('a text that is no list is one step, as it is', () => {
  expect(stepsOf('2.5 l of water, then\n180 g of rice.')).toEqual(['2.5 l of water, then\n180 g of rice.'])
  expect(stepsOf('1. Only this')).toEqual(['1. Only this'])
  expect(stepsOf(' \n ')).toEqual([])
})
