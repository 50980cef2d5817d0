import type { ReactNode } from 'react'
import { StatusMark } from '@/app/_ui/status-mark'
import type { Look, UnreadReason } from '@/db/look'

const WORDS: Record<UnreadReason, [state: string, advice: string]> = {
  slow: [
    'took too long',
    'It was given up after a second, so as not to add to what holds the server up. It is tried again with the next picture.',
  ],
  locked: [
    'waits for a lock',
    'Somebody holds a table exclusively, a migration perhaps. It is tried again with the next picture.',
  ],
  forbidden: [
    'may not be read',
    'The role of the web processes lacks a right: GRANT pg_read_all_stats TO it shows what all roles do.',
  ],
  not_asked: [
    'was not asked for',
    'What stands above took four seconds already, so the server was not asked for more.',
  ],
  failed: ['could not be read', 'The log of this web process has the error.'],
}

/** What a look showed, or why it showed nothing, while the rest of the page goes on. */
export function Looked<T>({ look, children }: { look: Look<T>; children: (value: T) => ReactNode }) {
  if (look.ok) return children(look.value)
  const [state, advice] = WORDS[look.reason]
  return (
    <p>
      <StatusMark tone="amber">{state}</StatusMark> <span className="text-muted">{advice}</span>
    </p>
  )
}
