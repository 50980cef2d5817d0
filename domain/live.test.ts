import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyChanges,
  applySnapshot,
  type KnownWall,
  knownFrom,
  type WallChanges,
  type WallPicture,
} from './live'
import type { OffDish, WallEvent, WallSettings, WallTicket } from './wall'

/** What each feed number did: a ticket came or changed, a ticket left, a dish went off or came back. */
type Step = { do: 'put' | 'remove' | 'off'; which: number }

const step = fc.record<Step>({
  do: fc.constantFrom('put', 'put', 'remove', 'off'),
  which: fc.integer({ min: 1, max: 5 }),
})

const settings = { name: 'Here' } as unknown as WallSettings
const ticket = (which: number, callNumber: number) => ({ id: `id-${which}`, callNumber }) as WallTicket
const dish = (menuItemId: number) => ({ menuItemId }) as OffDish

type Table = { tickets: Map<number, WallTicket>; off: Set<number> }

/** The database after so many numbers. */
function tableAt(history: readonly Step[], seq: number): Table {
  const table: Table = { tickets: new Map(), off: new Set() }
  for (const [index, { do: what, which }] of history.slice(0, seq).entries()) {
    if (what === 'put') table.tickets.set(which, ticket(which, index + 1))
    else if (what === 'remove') table.tickets.delete(which)
    else if (!table.off.delete(which)) table.off.add(which)
  }
  return table
}

function pictureAt(history: readonly Step[], seq: number): WallPicture {
  const { tickets, off } = tableAt(history, seq)
  const byId = [...tickets].sort(([one], [other]) => one - other).map(([, found]) => found)
  return { seq, at: seq, tickets: byId, off: [...off].sort().map(dish), settings }
}

const eventsBetween = (history: readonly Step[], since: number, seq: number): WallEvent[] =>
  history
    .slice(since, seq)
    .flatMap(({ do: what, which }, index) =>
      what === 'off' ? [] : [{ seq: since + index + 1, n: 0, kind: 'changed', orderId: `id-${which}` }],
    )

/** What the server tells of these numbers. */
function changesBetween(history: readonly Step[], since: number, seq: number): WallChanges {
  const { tickets, off } = pictureAt(history, seq)
  const steps = history.slice(since, seq)
  const touched = new Set(steps.filter((each) => each.do !== 'off').map(({ which }) => `id-${which}`))
  const isWhole = steps.every((each) => each.do !== 'off')
  const present = new Set(tickets.map(({ id }) => id))
  return {
    since,
    seq,
    at: seq,
    events: eventsBetween(history, since, seq),
    tickets: isWhole ? tickets.filter(({ id }) => touched.has(id)) : tickets,
    gone: [...touched].filter((id) => !present.has(id)),
    ...(isWhole && seq - since === 1 ? {} : { off, settings }),
  }
}

const shown = ({ seq, tickets, off }: KnownWall) => ({ seq, tickets, off })
const inTable = (history: readonly Step[], seq: number) => {
  const { tickets, off } = pictureAt(history, seq)
  return { seq, tickets, off }
}

/** Any message of any time, as often as it likes: a snapshot, or changes between two numbers. */
const run = fc.array(step, { minLength: 1, maxLength: 30 }).chain((history) => {
  const number = fc.integer({ min: 0, max: history.length })
  const message = fc.tuple(number, number).map(([one, other]) => ({
    since: Math.min(one, other),
    seq: Math.max(one, other),
  }))
  return fc.record({
    history: fc.constant(history),
    start: number,
    messages: fc.array(fc.oneof(message, number), { maxLength: 40 }),
  })
})

describe('a wall', () => {
  test('shows what the table holds, whatever reaches it, in whichever order and however often', () => {
    fc.assert(
      fc.property(run, ({ history, start, messages }) => {
        let known = knownFrom(pictureAt(history, start))
        for (const message of messages) {
          const before = known.seq
          if (typeof message === 'number')
            known = applySnapshot(known, { ...pictureAt(history, message), otherHistory: false })
          else known = applyChanges(known, changesBetween(history, message.since, message.seq)) ?? known
          expect(known.seq).toBeGreaterThanOrEqual(before)
          expect(shown(known)).toEqual(inTable(history, known.seq))
        }
        const resumed = applyChanges(known, changesBetween(history, known.seq, history.length))
        expect(shown(resumed ?? expect.fail())).toEqual(inTable(history, history.length))
      }),
      { numRuns: 1000 },
    )
  })

  test('is told each event once, as long as no snapshot passes over it', () => {
    fc.assert(
      fc.property(run, ({ history, start, messages }) => {
        let known = knownFrom(pictureAt(history, start))
        for (const message of messages) {
          if (typeof message === 'number') continue
          known = applyChanges(known, changesBetween(history, message.since, message.seq)) ?? known
          expect(known.events).toEqual(eventsBetween(history, start, known.seq))
        }
      }),
    )
  })

  test('refuses changes that begin after what it knows', () => {
    const history: Step[] = [
      { do: 'put', which: 1 },
      { do: 'put', which: 2 },
      { do: 'put', which: 3 },
    ]
    const known = knownFrom(pictureAt(history, 1))
    expect(applyChanges(known, changesBetween(history, 2, 3))).toBeNull()
    expect(applyChanges(known, changesBetween(history, 1, 3))?.seq).toBe(3)
  })

  test('goes back to a lower number only when the table was put back', () => {
    const history: Step[] = [
      { do: 'put', which: 1 },
      { do: 'put', which: 2 },
    ]
    const known = knownFrom(pictureAt(history, 2))
    const restored = pictureAt(history, 1)
    expect(applySnapshot(known, { ...restored, otherHistory: false })).toBe(known)
    expect(shown(applySnapshot(known, { ...restored, otherHistory: true }))).toEqual(inTable(history, 1))
  })

  test('keeps the newest events only', () => {
    const history: Step[] = Array.from({ length: 500 }, (_, index) => ({ do: 'put', which: index % 5 }))
    const known = applyChanges(knownFrom(pictureAt(history, 0)), changesBetween(history, 0, 500))
    expect(known?.events.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 200 }, (_, index) => 301 + index),
    )
  })
})
