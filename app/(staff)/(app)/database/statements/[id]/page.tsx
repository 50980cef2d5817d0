import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { statementName } from '@/app/_server/statement-name'
import { Figure, FigureRow } from '@/app/_ui/figure'
import { PageHeader } from '@/app/_ui/page-header'
import { genericPlan } from '@/db/generic-plan'
import { looker } from '@/db/look'
import { findStatement } from '@/db/queries/health/statements'
import { formatSeconds } from '@/domain/duration'
import { Looked } from '../../looked'
import { formatMs, inPercent } from '../../numbers'
import { Section } from '../../section'
import { PlanSection } from './plan-section'

export const metadata: Metadata = { title: 'Statement' }

type Props = { params: Promise<{ id: string }> }

/** A bigint: `queryid` may be negative. */
const ID = /^-?\d{1,19}$/

/** One statement, what it cost, and the plan that the server has for it. */
export default async function StatementPage({ params }: Props) {
  const scope = await requireChain('database:read')
  const { id } = await params
  if (!ID.test(id) || BigInt.asIntN(64, BigInt(id)) !== BigInt(id)) notFound()
  const { locale } = await readerFormat()
  const look = looker(database())
  const found = await look((tx) => findStatement(tx, scope, { id }))
  if (found.ok && found.value === null) notFound()
  const plan = found.ok && found.value ? await look((tx) => genericPlan(tx, found.value?.text ?? '')) : null
  const name = found.ok && found.value ? statementName(found.value.text) : null

  return (
    <>
      <PageHeader title={name ?? 'Statement'} note={`Number ${id}`}>
        <Link href="/database">All of the database</Link>
      </PageHeader>
      <Looked look={found}>
        {(statement) =>
          statement && (
            <>
              <FigureRow>
                <Figure label="In all" value={formatSeconds(statement.totalMs / 1000)} />
                <Figure label="Calls" value={statement.calls.toLocaleString(locale)} />
                <Figure
                  label="Each"
                  value={formatMs(statement.meanMs)}
                  compare={`${formatMs(statement.longestMs)} at most`}
                />
                <Figure
                  label="Rows each"
                  value={statement.rowsPerCall.toLocaleString(locale, { maximumFractionDigits: 1 })}
                />
                <Figure
                  label="In memory"
                  value={statement.hitShare === null ? '–' : inPercent(statement.hitShare)}
                  compare="over 95 % is usual"
                />
              </FigureRow>
              {plan ? (
                <Section title="Plan">
                  <Looked look={plan}>{(answer) => <PlanSection answer={answer} name={name} />}</Looked>
                </Section>
              ) : null}
              <Section title="Statement">
                <pre className="whitespace-pre-wrap wrap-anywhere">
                  <code>{statement.text.trim()}</code>
                </pre>
              </Section>
            </>
          )
        }
      </Looked>
    </>
  )
}
