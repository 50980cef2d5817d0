import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain } from '@/app/_server/session'
import { LinkButton } from '@/app/_ui/button'
import { FilterChip } from '@/app/_ui/chip'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { getImport, type ImportSummary, listImportRows } from '@/db/queries/imports'
import { getReferenceNames } from '@/db/queries/reference-names'
import { referencesIn } from '@/domain/references'
import { IMPORT_VERDICTS, type ImportVerdict, ROWS_KEPT_DAYS } from '@/domain/sheet'
import { UndoNote } from '../../../menu/changes/undo-note'
import { BackLink } from '../../back-link'
import { recordIdOr404 } from '../../record-id'
import { KIND_WORDS, progressOf, VERDICT_WORDS } from '../words'
import { ProceedForm } from './proceed-form'
import { ProgressBar } from './progress-bar'
import { RowTable } from './row-table'

export const metadata: Metadata = { title: 'Import' }

const PAGE_SIZE = 50

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ show?: string | string[]; after?: string | string[] }>
}

/** One file: what is to become, or became, of each of its rows. */
export default async function ImportPage({ params, searchParams }: Props) {
  const importId = recordIdOr404((await params).id)
  const query = await searchParams
  const scope = await requireChain('menu:edit')
  const file = (await getImport(database(), scope, importId)) ?? notFound()
  const verdict = IMPORT_VERDICTS.find((known) => known === query.show) ?? null
  const after =
    typeof query.after === 'string' && /^[1-9]\d{0,8}$/.test(query.after) ? Number(query.after) : 0
  const page = await listImportRows(database(), scope, { importId, verdict, after, limit: PAGE_SIZE })
  const records = page.rows.flatMap((row) => [row.before, row.after])
  const names = await getReferenceNames(
    database(),
    scope,
    referencesIn(file.kind === 'recipe' ? [] : records),
  )
  const format = await readerFormat()
  const href = (show: ImportVerdict | null, from: number) => {
    const given = [...(show ? [['show', show]] : []), ...(from ? [['after', String(from)]] : [])] as [
      string,
      string,
    ][]
    const text = new URLSearchParams(given).toString()
    return `/admin/imports/${importId}${text ? `?${text}` : ''}`
  }
  const total = file.added + file.changed + file.same + file.refused
  return (
    <>
      <BackLink href="/admin/imports">Imports</BackLink>
      <PageHeader
        title={file.fileName}
        note={`${KIND_WORDS[file.kind]}, ${total.toLocaleString(format.locale)} rows`}
      >
        {file.refused > 0 && !isUnderWay(file) && !file.areRowsGone ? (
          <LinkButton href={`/admin/imports/${importId}/refused.csv`} download>
            Download refused rows
          </LinkButton>
        ) : null}
      </PageHeader>
      <State file={file} locale={format.locale} />
      <nav aria-label="Rows" className="flex flex-wrap gap-2 py-3">
        <FilterChip
          href={href(null, 0)}
          active={verdict === null}
          count={total.toLocaleString(format.locale)}
        >
          All
        </FilterChip>
        {IMPORT_VERDICTS.map((each) => (
          <FilterChip
            key={each}
            href={href(each, 0)}
            active={verdict === each}
            count={file[each].toLocaleString(format.locale)}
          >
            {VERDICT_WORDS[each]}
          </FilterChip>
        ))}
      </nav>
      {page.rows.length === 0 ? (
        <Empty title={emptyWords(file)}>
          {file.areRowsGone
            ? `They were kept for ${ROWS_KEPT_DAYS} days. What became of the file is said above.`
            : 'Each row appears here with what it adds or changes, or why it is refused.'}
        </Empty>
      ) : (
        <RowTable kind={file.kind} rows={page.rows} context={{ format, names }} />
      )}
      {page.next || after ? (
        <nav aria-label="Pages" className="flex justify-between py-3">
          {after ? (
            <Link href={href(verdict, 0)} prefetch={false} className="underline">
              First page
            </Link>
          ) : (
            <span />
          )}
          {page.next ? (
            <Link href={href(verdict, page.next)} prefetch={false} className="underline">
              Next {PAGE_SIZE}
            </Link>
          ) : null}
        </nav>
      ) : null}
    </>
  )
}

function whatCanBeDone({ kind, isUndone, takenAdded, takenChanged }: ImportSummary): string {
  if (isUndone)
    return 'It was undone since: what it changed is as it was before, and what it added is out of use.'
  if (kind === 'recipe' && takenAdded + takenChanged > 0)
    return 'To change recipes of a file again, correct it and import it once more: they are brought up to date.'
  return ''
}

function emptyWords(file: ImportSummary): string {
  if (file.areRowsGone) return 'The rows of this file are deleted'
  return isUnderWay(file) ? 'No row is checked yet' : 'There is no such row'
}

const isUnderWay = ({ state }: ImportSummary) => state === 'checking' || state === 'taking'

/** What can be done now, how far it is, or what became of it. */
function State({ file, locale }: { file: ImportSummary; locale: string }) {
  const figure = (value: number) => value.toLocaleString(locale)
  const progress = progressOf(file)
  if (progress && file.isRunning) return <ProgressBar importId={file.id} begun={progress} />
  if (progress)
    return (
      <ProceedForm importId={file.id} button="Go on">
        This was interrupted. {progress.words}; what is done stays done, and the rest follows from there.
      </ProceedForm>
    )
  if (file.state === 'unreadable')
    return (
      <p className="max-w-prose border-l-2 border-red py-1 pl-3">
        <strong className="font-semibold">The file can’t be read to its end.</strong> {file.problem}
      </p>
    )
  if (file.state === 'taken')
    return (
      <UndoNote publicationId={file.publicationId} undo={file.isUndone ? 'Undo that' : 'Undo this import'}>
        <p className="max-w-prose">
          {figure(file.takenAdded)} added and {figure(file.takenChanged)} changed; {figure(file.same)} were so
          already, {figure(file.refused)} refused. {whatCanBeDone(file)}
        </p>
      </UndoNote>
    )
  if (file.areRowsGone)
    return (
      <p className="max-w-prose text-muted">
        Nobody took these rows within {ROWS_KEPT_DAYS} days, so they were deleted. Upload the file again.
      </p>
    )
  const good = file.added + file.changed
  if (good === 0) return <p className="text-muted">Nothing of this file would change anything.</p>
  return (
    <ProceedForm importId={file.id} button={`Take the ${figure(good)} good rows`}>
      {figure(file.added)} would be added and {figure(file.changed)} changed. {figure(file.refused)} are
      refused and left out{file.refused > 0 ? '; download them to correct them' : ''}.
    </ProceedForm>
  )
}
