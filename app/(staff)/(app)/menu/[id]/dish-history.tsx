import { database } from '@/app/_server/database'
import type { MoneyFormat } from '@/app/_ui/money'
import { timeAgo } from '@/app/_ui/time-ago'
import { type AuditLine, listAudit } from '@/db/queries/audit'
import { getReferenceNames } from '@/db/queries/reference-names'
import { referencesIn } from '@/domain/references'
import type { ChainScope } from '@/domain/scope'
import { changeWords, type WordsContext } from '../field-words'

const MOST_LINES = 10

/** What happened to a dish last, newest first, from the audit. */
export async function DishHistory({
  scope,
  id,
  format,
}: {
  scope: ChainScope<'audit:read'>
  id: number
  format: MoneyFormat
}) {
  const { lines } = await listAudit(database(), scope, {
    person: '',
    subject: 'menu_item',
    subjectId: String(id),
    thing: '',
    from: null,
    to: null,
    before: null,
    limit: MOST_LINES,
  })
  const names = await getReferenceNames(
    database(),
    scope,
    referencesIn(lines.flatMap(({ before, after }) => [before, after])),
  )
  const now = Date.now()
  return (
    <section aria-labelledby="history" className="pt-8">
      <h2 id="history" className="pb-2 text-lg font-semibold">
        History
      </h2>
      {lines.length === 0 ? (
        <p className="text-muted">Nobody changed this dish since Brigade keeps count.</p>
      ) : (
        <ol>
          {lines.map((line) => (
            <li
              key={line.id}
              className="grid gap-x-6 border-t border-line py-2 md:grid-cols-[16rem_minmax(0,1fr)]"
            >
              <p className="text-muted">
                {line.by ?? 'Brigade'},{' '}
                <time dateTime={new Date(line.at).toISOString()}>{timeAgo(line.at, now)}</time>
                {line.publication ? ` · ${line.publication}` : ''}
              </p>
              <WhatHappened line={line} context={{ format, names }} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function WhatHappened({ line, context }: { line: AuditLine; context: WordsContext }) {
  const { restaurant, before, after, action } = line
  const where = restaurant ? `In ${restaurant}: ` : ''
  if (action === 'menu_item.created') return <p>Made.</p>
  const subject = restaurant ? 'menu_override' : 'menu_item'
  const changes = changeWords(subject, before, after ?? {}, context).filter(
    (change) => change.before !== change.after,
  )
  return (
    <p>
      {where}
      {changes.map((change) => `${change.label} ${change.before ?? '–'} → ${change.after ?? '–'}`).join('; ')}
    </p>
  )
}
