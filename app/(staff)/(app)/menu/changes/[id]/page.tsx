import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { currentChangeSet } from '@/app/_server/change-set'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireChain, requirePerson } from '@/app/_server/session'
import { Empty } from '@/app/_ui/empty'
import { PageHeader } from '@/app/_ui/page-header'
import { StatusMark } from '@/app/_ui/status-mark'
import { type ChangeSet, getChangeSet, listRestaurantGroups } from '@/db/queries/change-sets'
import { listPublications } from '@/db/queries/publications'
import { EnterForm, LeaveForm } from '../editing-forms'
import { PublicationList } from '../publication-list'
import { publicationRows } from '../publication-rows'
import { whenWords } from '../when-words'
import { changeSetWords } from './change-set-data'
import { DiscardForm } from './discard-form'
import { EditList } from './edit-list'
import { PreviewForm } from './preview-form'
import { PublishForm } from './publish-form'
import { SettleForm } from './settle-form'

export const metadata: Metadata = { title: 'Change set' }

const MOST = 100

type Props = { params: Promise<{ id: string }> }

/** One change set: what it will change, what stands in the way, its preview, and publishing it. */
export default async function ChangeSetPage({ params }: Props) {
  const { id } = await params
  const scope = await requireChain('menu:edit')
  const set = /^[1-9]\d{0,8}$/.test(id) ? await getChangeSet(database(), scope, Number(id)) : null
  if (!set) notFound()
  const { restaurants } = await requirePerson()
  const format = await readerFormat()
  const [{ rows, conflicts }, publications, groups, current] = await Promise.all([
    changeSetWords(database(), scope, set, restaurants, format),
    listPublications(database(), scope, { changeSetId: set.id, before: null, limit: MOST }),
    listRestaurantGroups(database(), scope, { limit: MOST }),
    currentChangeSet(),
  ])
  const isOpen = set.state === 'open'
  const places = restaurants.map(({ id, name, slug }) => ({ id, name, slug }))
  return (
    <>
      <PageHeader title={set.name} note={<StateNote set={set} locale={format.locale} />}>
        {isOpen && current?.id !== set.id ? <EnterForm changeSetId={set.id} name={set.name} /> : null}
        {isOpen && current?.id === set.id ? <LeaveForm /> : null}
      </PageHeader>
      {isOpen && conflicts.length > 0 ? (
        <section aria-labelledby="conflicts" className="grid gap-3 border-t border-line py-4">
          <h2 id="conflicts" className="text-lg font-semibold">
            <StatusMark tone="amber">Changed by others meanwhile</StatusMark>
          </h2>
          <SettleForm changeSetId={set.id} conflicts={conflicts} />
        </section>
      ) : null}
      <section aria-labelledby="changes" className="grid gap-2 border-t border-line py-4">
        <h2 id="changes" className="text-lg font-semibold">
          {isOpen ? 'What will change' : 'What it held'}
        </h2>
        {rows.length === 0 ? (
          <Empty title="Nothing is in it yet">
            {current?.id === set.id
              ? 'Edit dishes, recipes and categories: what you save waits here.'
              : 'Edit in it, and what you save on dishes, recipes and categories waits here.'}
          </Empty>
        ) : (
          <EditList changeSetId={set.id} edits={rows} canDrop={isOpen} />
        )}
      </section>
      {isOpen && rows.length > 0 ? (
        <section aria-labelledby="preview" className="grid gap-3 border-t border-line py-4">
          <h2 id="preview" className="text-lg font-semibold">
            Preview
          </h2>
          <PreviewForm changeSetId={set.id} restaurants={places} />
        </section>
      ) : null}
      <section aria-labelledby="publish" className="grid gap-3 border-t border-line py-4">
        <h2 id="publish" className="text-lg font-semibold">
          {isOpen ? 'Publish' : 'Published'}
        </h2>
        <PublishForm
          changeSetId={set.id}
          name={set.name}
          edits={rows.length}
          isBlocked={conflicts.length > 0}
          isOpen={isOpen}
          restaurants={places}
          groups={groups}
        />
        {publications.length > 0 ? (
          <PublicationList publications={publicationRows(publications, restaurants, format.locale)} />
        ) : isOpen ? null : (
          <p className="text-muted">Nothing of it was published.</p>
        )}
      </section>
      {isOpen ? <DiscardForm changeSetId={set.id} edits={rows.length} /> : null}
    </>
  )
}

function StateNote({ set, locale }: { set: ChangeSet; locale: string }) {
  const begun = `begun by ${set.by ?? 'the system'}, ${whenWords(set.begun, locale)}`
  if (set.state === 'open') return <>Open · {begun}</>
  const word = set.state === 'published' ? 'Published' : 'Discarded'
  return (
    <>
      {word} {set.closed ? whenWords(set.closed, locale) : ''} · {begun}
    </>
  )
}
