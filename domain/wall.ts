import { z } from 'zod'
import type { AgeThresholds } from './ticket-age'
import {
  type Channel,
  type ItemStatus,
  ORDER_STATUSES,
  type OrderEventKind,
  type OrderStatus,
  STATIONS,
  type Station,
} from './vocabulary'

/** What one screen shows: every item, those of one station, or whole tickets to assemble and hand over. */
export const WALL_VIEWS = ['all', 'expo', ...STATIONS] as const
export type WallView = (typeof WALL_VIEWS)[number]

export type WallItem = {
  line: number
  menuItemId: number
  name: string
  quantity: number
  /** The dish's, as the menu has it now. */
  station: Station
  status: ItemStatus
  specialRequests: string
}

/**
 * A line that changed after it was fired: added `was: 0`, removed `now: 0`; `note` is its special request now. It names
 * its station, which has to hear of a line that is gone, too.
 */
export type ChangedLine = {
  line: number
  name: string
  station: Station
  was: number
  now: number
  note: string
}

/** What nobody in the kitchen has acknowledged yet. */
export type Unacknowledged = { kind: 'cancelled' } | { kind: 'changed'; lines: ChangedLine[] }

/** A ticket as a wall holds it; times in milliseconds since 1970. */
export type WallTicket = {
  /** UUIDv7: walls sort by it, so a recalled ticket returns to its place. */
  id: string
  callNumber: number
  status: OrderStatus
  channel: Channel
  placeOrName: string
  specialInstructions: string
  createdAt: number
  confirmedAt: number | null
  readyAt: number | null
  /** When it was promised to the guest. */
  promisedAt: number | null
  items: WallItem[]
  unacknowledged: Unacknowledged | null
}

/** A dish that is off or counted down here. */
export type OffDish = {
  menuItemId: number
  name: string
  /** Milliseconds since 1970, or null for "until somebody says so"; meaningless while portions are left. */
  until: number | null
  /** Portions of a countdown that are left; null where nobody counts. */
  portionsLeft: number | null
}

/** What a wall must know of its restaurant. */
export type WallSettings = {
  name: string
  timeZone: string
  autoConfirm: boolean
  thresholds: Record<Channel, AgeThresholds>
}

/** An entry of the order log, for sounds and for proof that nothing was missed. */
export type WallEvent = { seq: number; n: number; kind: OrderEventKind; orderId: string }

/** One press on a wall. `from` is what the person saw: who acts on a ticket that moved on meanwhile changes nothing. */
export const wallMove = z.discriminatedUnion('do', [
  /** The whole ticket one state on. */
  z.strictObject({ do: z.literal('bump'), orderId: z.uuid(), from: z.enum(ORDER_STATUSES) }),
  /** All items of one station done. */
  z.strictObject({ do: z.literal('bump_station'), orderId: z.uuid(), station: z.enum(STATIONS) }),
  /** One item done, or not done after all. */
  z.strictObject({
    do: z.literal('tick'),
    orderId: z.uuid(),
    line: z.int().min(1).max(32767),
    done: z.boolean(),
  }),
  /** Back to the stove: the whole ticket, or what one station had bumped. */
  z.strictObject({ do: z.literal('recall'), orderId: z.uuid(), station: z.enum(STATIONS).optional() }),
  /** The change or the cancel was seen. */
  z.strictObject({ do: z.literal('acknowledge'), orderId: z.uuid() }),
])
export type WallMove = z.output<typeof wallMove>

/** A press with the id that its screen gave it: sent again under the same id it does nothing and gets the same answer. */
export const wallMoveRequest = z.strictObject({ id: z.uuid(), move: wallMove })
