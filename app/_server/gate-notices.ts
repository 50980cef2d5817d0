import { hostname } from 'node:os'
import type { Database, Session } from '@/db/client'
import { GATE_CHANNEL, gateNotice } from '@/db/gate-notices'
import type { Speaker } from './listener'

const EVERY_MS = 1000

/**
 * Tells whoever listens (a backfill makes way then) of each second in which requests of this process waited for a
 * connection. Over the listener's connection, since the pool is what there is none of; says nothing while all is well.
 */
export function gateNotices(gate: Database['gate'], name = `${hostname()}:${process.pid}`): Speaker {
  return {
    async onConnect(session: Session) {
      let before = gate.stats()
      const timer = setInterval(() => {
        const now = gate.stats()
        const notice = gateNotice(name, before, now)
        before = now
        // A notice that is lost costs nothing: the next second brings another one.
        if (notice)
          session.query('select pg_notify($1, $2)', [GATE_CHANNEL, JSON.stringify(notice)]).catch(() => {})
      }, EVERY_MS).unref()
      session.onClose(() => clearInterval(timer))
    },
  }
}
