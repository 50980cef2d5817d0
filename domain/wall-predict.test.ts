import { describe, expect, test } from 'vitest'
import type { WallTicket } from './wall'
import { predict } from './wall-predict'

const item = { menuItemId: 1, name: 'Ribs', quantity: 1, specialRequests: '' } as const

const ticket: WallTicket = {
  id: '018f0000-0000-7000-8000-000000000001',
  callNumber: 1,
  status: 'preparing',
  channel: 'takeaway',
  placeOrName: '',
  specialInstructions: '',
  createdAt: 0,
  confirmedAt: 0,
  readyAt: null,
  promisedAt: null,
  unacknowledged: null,
  items: [
    { ...item, line: 1, station: 'grill', status: 'cooking' },
    { ...item, line: 2, station: 'fry', status: 'cooking' },
  ],
}
const orderId = ticket.id

describe('what a wall shows before it has heard', () => {
  test('is what the server will do, press after press', () => {
    const [after] = predict(
      [ticket],
      [
        { move: { do: 'bump_station', orderId, station: 'grill' }, ticket },
        { move: { do: 'tick', orderId, line: 2, done: true }, ticket },
      ],
    )
    expect(after?.status).toBe('ready')
    expect(after?.items.map(({ status }) => status)).toEqual(['done', 'done'])
  })

  test('stays as it is where somebody was faster', () => {
    const ready: WallTicket = { ...ticket, status: 'ready' }
    expect(predict([ready], [{ move: { do: 'bump', orderId, from: 'preparing' }, ticket }])).toEqual([ready])
  })

  test('brings back a recalled ticket that has left the wall, and no other', () => {
    const handedOver: WallTicket = { ...ticket, status: 'delivered' }
    const [back] = predict([], [{ move: { do: 'recall', orderId }, ticket: handedOver }])
    expect(back?.status).toBe('preparing')
    expect(predict([], [{ move: { do: 'bump', orderId, from: 'preparing' }, ticket }])).toEqual([])
  })
})
