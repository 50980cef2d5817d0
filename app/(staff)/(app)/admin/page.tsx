import { redirect } from 'next/navigation'
import { requireChain } from '@/app/_server/session'

/** Leads to the first of its pages. */
export default async function AdminPage() {
  await requireChain('devices:manage')
  redirect('/admin/devices')
}
