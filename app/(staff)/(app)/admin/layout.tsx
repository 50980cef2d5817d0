import type { ReactNode } from 'react'
import { requirePerson } from '@/app/_server/session'
import { SectionNav } from '@/app/_ui/section-nav'
import { adminSections } from './sections'

/** Links between the pages of Admin above each of them, where there are several. What each shows is its own question. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const sections = adminSections((await requirePerson()).role)
  return (
    <>
      {sections.length > 1 ? <SectionNav label="Admin" sections={sections} /> : null}
      {children}
    </>
  )
}
