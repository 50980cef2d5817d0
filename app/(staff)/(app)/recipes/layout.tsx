import type { ReactNode } from 'react'
import { requirePerson } from '@/app/_server/session'
import { ChangeSetBar } from '../menu/changes/change-set-bar'

/** Above every page of the recipe book stands where its edits go. */
export default async function RecipesLayout({ children }: { children: ReactNode }) {
  await requirePerson()
  return (
    <>
      <ChangeSetBar />
      {children}
    </>
  )
}
