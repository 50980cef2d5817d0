import { database } from '@/app/_server/database'
import { environment } from '@/app/_server/environment'
import { miseFigures } from '@/app/_server/mise'
import { MiseTable } from './mise-table'
import { PoolFigureRow } from './pool-figure-row'
import { Section } from './section'

/** The web process that answers: its connections, and what it keeps at hand. Asks the database nothing. */
export function WebProcess({ now, locale }: { now: number; locale: string }) {
  return (
    <Section
      title="This web process"
      note={`Number ${process.pid} of the machine; every process has connections and a mise en place of its own`}
    >
      <PoolFigureRow stats={database().gate.stats()} queue={environment().POOL_QUEUE} />
      <MiseTable figures={miseFigures()} now={now} locale={locale} />
      {environment().MISE ? null : (
        <p className="pt-2 text-muted">MISE is off: nothing is kept, every reader asks the database.</p>
      )}
    </Section>
  )
}
