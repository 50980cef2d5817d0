import type { Metadata } from 'next'
import Link from 'next/link'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requirePerson } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { StatusMark } from '@/app/_ui/status-mark'
import { type ListedChangeSet, listChangeSets } from '@/db/queries/change-sets'
import { listPublications } from '@/db/queries/publications'
import { BeginForm } from './begin-form'
import { EnterForm } from './editing-forms'
import { PublicationList } from './publication-list'
import { publicationRows } from './publication-rows'
import { whenWords } from './when-words'

export const metadata: Metadata = { title: 'Change sets' }

const MOST_SETS = 100
const PAGE_SIZE = 30

type Props = { searchParams: Promise<{ before?: string | string[] }> }

/** The change sets that are open, and what was published, to be undone. */
export default async function ChangesPage({ searchParams }: Props) {
  const { before } = await searchParams
  const scope = await requireChain('menu:edit')
  const { restaurants } = await requirePerson()
  const { locale } = await readerFormat()
  const older = typeof before === 'string' && /^[1-9]\d{0,8}$/.test(before) ? Number(before) : null
  const [sets, publications, current] = await Promise.all([
    listChangeSets(database(), scope, { limit: MOST_SETS }),
    listPublications(database(), scope, { changeSetId: null, before: older, limit: PAGE_SIZE + 1 }),
    currentChangeSet(),
  ])
  const shown = publications.slice(0, PAGE_SIZE)
  const last = publications.length > PAGE_SIZE ? shown.at(-1) : undefined
  return (
    <>
      <PageHeader title="Change sets" note="Edits of the menu that wait to be published together" />
      <section aria-label="Open change sets" className="grid gap-4 border-t border-line py-4">
        <BeginForm />
        {sets.length === 0 ? (
          <Empty title="No change set is open">
            Begin one, and edits of dishes, recipes and categories wait in it: guests and kitchens see nothing
            of them before you publish.
          </Empty>
        ) : (
          <ul className="border-t border-line">
            {sets.map((set) => (
              <SetRow key={set.id} set={set} isCurrent={set.id === current?.id} locale={locale} />
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="published" className="grid gap-2 pt-4">
        <h2 id="published" className="text-lg font-semibold">
          Published
        </h2>
        {shown.length === 0 ? (
          <Empty title={older ? 'Nothing older' : 'Nothing was published yet'}>
            What goes live in one go appears here: a change set, a bulk change, an import. Each can be undone.
          </Empty>
        ) : (
          <PublicationList publications={publicationRows(shown, restaurants, locale)} />
        )}
        {last ? (
          <Link
            href={`/menu/changes?before=${last.id}`}
            prefetch={false}
            className="inline-flex min-h-11 items-center justify-self-start underline md:min-h-9"
          >
            Older
          </Link>
        ) : null}
      </section>
    </>
  )
}

function SetRow({ set, isCurrent, locale }: { set: ListedChangeSet; isCurrent: boolean; locale: string }) {
  return (
    <li className="flex flex-wrap items-center gap-x-4 border-b border-line py-1">
      <div className="min-w-0 grow">
        <Link
          href={`/menu/changes/${set.id}`}
          prefetch={false}
          className="inline-flex min-h-11 items-center font-semibold underline-offset-2 wrap-anywhere hover:underline md:min-h-7"
        >
          {set.name}
        </Link>
        <p className="text-sm text-muted">
          {set.edits.toLocaleString(locale)} {set.edits === 1 ? 'change' : 'changes'} · begun by{' '}
          {set.by ?? 'the system'}, {whenWords(set.begun, locale)}
          {set.lastEdit ? ` · last edit ${whenWords(set.lastEdit, locale)}` : ''}
        </p>
      </div>
      {isCurrent ? (
        <StatusMark tone="blue">You edit in it</StatusMark>
      ) : (
        <EnterForm changeSetId={set.id} name={set.name} />
      )}
    </li>
  )
}
