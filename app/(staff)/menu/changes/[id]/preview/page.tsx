import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { database } from '@/app/_server/database'
import { environment } from '@/app/_server/environment'
import { requireChain, requireRestaurant } from '@/app/_server/session'
import { GuestMenu } from '@/app/(guest)/m/[restaurant]/guest-menu'
import { previewGuestMenu } from '@/db/mutations/menu-preview'
import { findOpenChangeSet } from '@/db/queries/change-sets'
import '@/app/(guest)/guest.css'
import styles from './preview.module.css'

export const metadata: Metadata = { title: 'Preview' }

type Props = {
  params: Promise<{ id: string }>
  searchParams: Promise<{ restaurant?: string | string[] }>
}

/** A restaurant's guest menu as it will be with a change set published, drawn by what draws the real one. */
export default async function PreviewPage({ params, searchParams }: Props) {
  const { id } = await params
  const { restaurant } = await searchParams
  const scope = await requireChain('menu:edit')
  const there = await requireRestaurant(typeof restaurant === 'string' ? restaurant : '')
  const set = /^[1-9]\d{0,8}$/.test(id) ? await findOpenChangeSet(database(), scope, Number(id)) : null
  if (!set) notFound()
  const sections = await previewGuestMenu(database(), scope, there, { changeSetId: set.id })
  return (
    <>
      <aside className={styles.note} aria-label="Preview">
        Preview of <strong>{set.name}</strong>: guests don’t see this yet.{' '}
        <a href={`/menu/changes/${set.id}`}>Back to the change set</a>
      </aside>
      {sections ? (
        <GuestMenu restaurant={there.restaurant.name} sections={sections} currency={environment().CURRENCY} />
      ) : (
        <main>
          <p className="empty">
            This can’t be published as it is, so there is nothing to preview: a name in it is taken, or a dish
            names something that is not there. Publishing says which.
          </p>
        </main>
      )}
    </>
  )
}
