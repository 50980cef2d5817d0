import type { ReactNode } from 'react'
import { requirePerson } from '@/app/_server/session'
import { ChangeSetBar } from './changes/change-set-bar'

/** Above every page of the menu stands where its edits go. */
export default async function MenuLayout({ children }: { children: ReactNode }) {
  await requirePerson()
  return (
    <>
      <ChangeSetBar />
      {children}
    </>
  )
}
