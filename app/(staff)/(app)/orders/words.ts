import type { Tone } from '@/app/_ui/status-mark'
import type { Channel, OrderStatus } from '@/domain/vocabulary'

export const STATUS_WORDS: Record<OrderStatus, string> = {
  pending: 'Pending',
  confirmed: 'Confirmed',
  preparing: 'Preparing',
  ready: 'Ready',
  delivered: 'Delivered',
  cancelled: 'Cancelled',
}

export const STATUS_TONES: Record<OrderStatus, Tone> = {
  pending: 'amber',
  confirmed: 'blue',
  preparing: 'blue',
  ready: 'green',
  delivered: 'muted',
  cancelled: 'red',
}

export const CHANNEL_WORDS: Record<Channel, string> = {
  dine_in: 'Dine-in',
  takeaway: 'Takeaway',
  delivery: 'Delivery',
}

/** Where an order goes and whose it is, in few words: `Table or name`, or the channel where nobody said. */
export const placeOf = (order: { channel: Channel; placeOrName: string; customer?: string | null }): string =>
  order.placeOrName || order.customer || CHANNEL_WORDS[order.channel]
