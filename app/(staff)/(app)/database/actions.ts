'use server'

import { refresh } from 'next/cache'
import { z } from 'zod'
import { defineAction } from '@/app/_server/action'
import { database } from '@/app/_server/database'
import { BLOCKER_ENDS, endBlocker } from '@/db/mutations/blockers'

/** Ends a transaction that keeps others waiting: its statement, or its connection. */
export const endWaitingFor = defineAction({
  name: 'database_session.end',
  input: z.object({
    pid: z.coerce.number().pipe(z.int().min(1).max(2_147_483_647)),
    transactionId: z.string().min(1).max(60),
    how: z.enum(BLOCKER_ENDS),
  }),
  permission: 'database:cancel',
  run: async (scope, input) => {
    const ended = await endBlocker(database(), scope, input)
    refresh()
    return ended
  },
  words: {
    gone: 'It is in nobody’s way any more.',
    spared: 'Migrators and the server’s own processes make way by themselves, and are not ended from here.',
    not_running: 'No statement of it runs, so there is nothing to cancel: close its connection.',
    refused:
      'PostgreSQL lets a role end its own sessions only. GRANT pg_signal_backend TO the role of the web processes, or end it as its owner.',
  },
})
