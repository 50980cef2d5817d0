import type { Metadata } from 'next'
import Link from 'next/link'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { ExportLink } from '@/app/_ui/export-link'
import { PageHeader } from '@/app/_ui/page-header'
import { listAudit } from '@/db/queries/audit'
import { getReferenceNames } from '@/db/queries/reference-names'
import { referencesIn } from '@/domain/references'
import { AuditFilterForm } from './audit-filters'
import { AuditList } from './audit-list'
import { auditHref, auditParams, filterOf, readAuditView } from './search-params'

export const metadata: Metadata = { title: 'Audit' }

const PAGE_SIZE = 50

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** Who changed what, before and after, newest first. */
export default async function AuditPage({ searchParams }: Props) {
  const view = readAuditView(await searchParams)
  const scope = await requireChain('audit:read')
  const filter = { ...filterOf(view, Date.now()), before: view.before, limit: PAGE_SIZE }
  const { lines, next } = await listAudit(database(), scope, filter)
  const format = await readerFormat()
  const records = lines.flatMap(({ before, after }) => [before, after])
  const names = await getReferenceNames(database(), scope, referencesIn(records))
  const link = 'grid min-h-11 place-items-center underline md:min-h-8'
  return (
    <>
      <PageHeader title="Audit" note="Who changed what; times are UTC">
        <ExportLink list="audit" query={auditParams({ ...view, before: null })} />
      </PageHeader>
      <AuditFilterForm view={view} />
      {lines.length === 0 ? (
        <Empty title={view.before ? 'The list ends here' : 'Nothing that fits was changed'}>
          Every change that somebody makes appears here. Choose a longer time or fewer words to see more.
        </Empty>
      ) : (
        <AuditList lines={lines} view={view} context={{ format, names }} />
      )}
      {next || view.before ? (
        <nav aria-label="Pages" className="flex justify-between py-3">
          {view.before ? (
            <Link href={auditHref(view)} prefetch={false} className={link}>
              Newest
            </Link>
          ) : (
            <span />
          )}
          {next ? (
            <Link href={auditHref(view, { before: next })} prefetch={false} className={link}>
              Next {PAGE_SIZE}
            </Link>
          ) : null}
        </nav>
      ) : null}
    </>
  )
}
