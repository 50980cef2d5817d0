import type { Tone } from '@/app/_ui/status-mark'
import type { Role } from '@/domain/vocabulary'

export const ROLE_WORDS: Record<Role, string> = { admin: 'Admin', manager: 'Manager', kitchen: 'Kitchen' }

/** What a role may do, for whoever gives it; short, since a phone cuts it off. */
export const ROLE_HINTS: Record<Role, string> = {
  admin: 'everything',
  manager: 'orders, stock, screens',
  kitchen: 'the wall and orders',
}

/** To which sessions are noted as seen, in minutes. */
export const SEEN_MINUTES = 11

/** Whether a person can get in, for their mark. */
export function personState({ isActive, hasPassword }: { isActive: boolean; hasPassword: boolean }): {
  tone: Tone
  word: string
} {
  if (!isActive) return { tone: 'muted', word: 'Deactivated' }
  return hasPassword ? { tone: 'green', word: 'Active' } : { tone: 'blue', word: 'Invited' }
}
