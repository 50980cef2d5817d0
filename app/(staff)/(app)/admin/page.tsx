import { notFound, redirect } from 'next/navigation'
import { requirePerson } from '@/app/_server/session'
import { adminSections } from './sections'

/** Leads to the first of its pages that one may open. */
export default async function AdminPage() {
  const [first] = adminSections((await requirePerson()).role)
  redirect(first?.href ?? notFound())
}
