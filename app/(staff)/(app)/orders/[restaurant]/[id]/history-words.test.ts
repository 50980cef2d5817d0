import { describe, expect, test } from 'vitest'
import type { OrderEvent } from '@/db/queries/order-history'
import { ORDER_EVENT_KINDS } from '@/domain/vocabulary'
import { actorOf, historyEntry } from './history-words'

const words = { names: new Map([[1, 'Risotto']]), currency: 'EUR', locale: 'en' }
const event = (given: Partial<OrderEvent>): OrderEvent => ({
  seq: 1,
  n: 0,
  kind: 'placed',
  fromStatus: null,
  toStatus: 'pending',
  at: 0,
  person: null,
  screen: null,
  details: null,
  ...given,
})
const entry = (given: Partial<OrderEvent>) => historyEntry(event(given), words)
const line = { line: 1, name: 'Risotto', station: 'pasta', note: '' }

describe('an entry of the history', () => {
  test('has a title of its own for every kind of event', () => {
    const titles = ORDER_EVENT_KINDS.map((kind) => entry({ kind }).title)
    expect(new Set(titles).size).toBe(ORDER_EVENT_KINDS.length)
  })

  test('says what changed, what it costs now and what the stock had too little of', () => {
    const details = {
      lines: [
        { ...line, was: 2, now: 3, note: 'no salt' },
        { ...line, line: 2, name: 'Water', was: 1, now: 0 },
        { ...line, line: 3, name: 'Tart', was: 0, now: 1 },
        { ...line, line: 4, name: 'Soup', was: 1, now: 1 },
      ],
      total: { was: 3200, now: 4350 },
      short: [{ ingredientId: 1, name: 'Rice' }],
    }
    expect(entry({ kind: 'changed', details }).details).toEqual([
      'Risotto: 2 to 3, “no salt”',
      'Removed 1 Water',
      'Added 1 Tart',
      '1 Soup, no special requests',
      'Total: €32.00 to €43.50',
      'The stock had too little Rice.',
    ])
  })

  test('says when an order was cancelled and what became of its ingredients', () => {
    expect(entry({ kind: 'cancelled', fromStatus: 'confirmed' })).toEqual({
      title: 'Cancelled while confirmed',
      details: ['Its ingredients go back on the shelf.'],
    })
    expect(entry({ kind: 'cancelled', fromStatus: 'ready' }).details).toEqual(['Its ingredients are waste.'])
    expect(entry({ kind: 'cancelled', fromStatus: 'pending' }).details).toEqual([
      'Nothing was taken from the stock yet.',
    ])
  })

  test('names the dishes that a station moved on', () => {
    const details = {
      station: 'grill',
      items: [
        { line: 1, status: 'done' },
        { line: 7, status: 'cooking' },
      ],
    }
    expect(entry({ kind: 'item_status', details })).toEqual({
      title: 'Dishes moved on at grill',
      details: ['Risotto: done', 'Line 7: cooking'],
    })
  })

  test('says what was acknowledged', () => {
    expect(entry({ kind: 'acknowledged', details: { kind: 'cancelled' } }).details).toEqual([
      'That it was cancelled',
    ])
    const details = { kind: 'changed', lines: [{ ...line, was: 2, now: 3 }] }
    expect(entry({ kind: 'acknowledged', details }).details).toEqual(['Risotto: 2 to 3'])
  })

  test('names a person, a screen, or software', () => {
    expect(actorOf({ person: 'Ada', screen: null })).toBe('Ada')
    expect(actorOf({ person: null, screen: 'Pass' })).toBe('Screen Pass')
    expect(actorOf({ person: null, screen: null })).toBe('Software')
  })
})
