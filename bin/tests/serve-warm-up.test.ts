import { describe, expect, test } from 'vitest'
import { warmUp } from '../serve/warm-up.mjs'

describe('a web process that starts', () => {
  test('makes a few pages before anybody is sent to it', async () => {
    const asked: (string | undefined)[] = []

    await warmUp((request, response) => {
      asked.push(request.url)
      response.end('page')
    })

    expect(asked.length).toBeGreaterThan(1)
    expect(new Set(asked)).toEqual(new Set(['/sign-in']))
  })

  test('serves all the same where no page can be made', async () => {
    let asked = 0

    await warmUp((request) => {
      asked++
      request.destroy()
    })

    expect(asked).toBe(1)
  })

  test('waits until what holds it up is done', async () => {
    let blocks = 0
    const block = () => {
      for (const end = performance.now() + 50; performance.now() < end; );
      if (++blocks < 5) setTimeout(block, 1)
    }

    await warmUp((_, response) => {
      if (blocks === 0) block()
      response.end('page')
    })

    expect(blocks).toBe(5)
  })
})
