import type { Channel } from '@/domain/vocabulary'
import type { WallTicket } from '@/domain/wall'

const CHANNEL_WORDS: Record<Channel, string> = {
  dine_in: 'dine in',
  takeaway: 'takeaway',
  delivery: 'delivery',
}

/** The table; or who waits for it and how it leaves the house. */
export function whereTo({ placeOrName, channel }: WallTicket): string {
  if (channel === 'dine_in') return placeOrName || CHANNEL_WORDS.dine_in
  return placeOrName ? `${placeOrName}, ${CHANNEL_WORDS[channel]}` : CHANNEL_WORDS[channel]
}
