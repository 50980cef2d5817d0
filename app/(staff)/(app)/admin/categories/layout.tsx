import type { ReactNode } from 'react'
import { requirePerson } from '@/app/_server/session'
import { ChangeSetBar } from '../../menu/changes/change-set-bar'

/** Above the pages of categories stands where their edits go. */
export default async function CategoriesLayout({ children }: { children: ReactNode }) {
  await requirePerson()
  return (
    <>
      <ChangeSetBar />
      {children}
    </>
  )
}
