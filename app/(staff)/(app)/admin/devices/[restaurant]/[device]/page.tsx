import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { cache, type ReactNode } from 'react'
import { database } from '@/app/_server/database'
import { readerFormat } from '@/app/_server/reader'
import { requireRestaurant } from '@/app/_server/session'
import { PageHeader } from '@/app/_ui/page-header'
import { StatusMark } from '@/app/_ui/status-mark'
import { timeAgo } from '@/app/_ui/time-ago'
import { getDevice } from '@/db/queries/devices'
import { deviceState } from '../../last-seen'
import { RenameForm } from './rename-form'
import { RevokeForm } from './revoke-form'

type Props = { params: Promise<{ restaurant: string; device: string }> }

const findDevice = cache(async (slug: string, id: string) => {
  const scope = await requireRestaurant(slug, 'devices:manage')
  const device = /^[1-9]\d{0,8}$/.test(id) ? await getDevice(database(), scope, Number(id)) : null
  return { device: device ?? notFound(), restaurant: scope.restaurant }
})

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { restaurant, device: id } = await params
  const { device } = await findDevice(restaurant, id)
  return { title: device.name }
}

/** One wall screen: where it hangs and how it does, its name, and its end. */
export default async function DevicePage({ params }: Props) {
  const { restaurant: slug, device: id } = await params
  const { device, restaurant } = await findDevice(slug, id)
  const { locale } = await readerFormat()
  const { tone, word } = deviceState(device)
  const now = Date.now()
  const onDay = (instant: number) =>
    new Date(instant).toLocaleString(locale, {
      timeZone: restaurant.timeZone,
      dateStyle: 'medium',
      timeStyle: 'short',
    })
  return (
    <div className="max-w-2xl">
      <p className="pb-2">
        <Link href="/admin/devices" prefetch={false} className="underline">
          Devices
        </Link>
      </p>
      <PageHeader title={device.name} note={device.restaurantName}>
        <StatusMark tone={tone}>{word}</StatusMark>
      </PageHeader>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 border-y border-line py-3">
        <Fact term="Last seen">
          {device.lastSeenAt === null ? 'Not yet' : timeAgo(device.lastSeenAt, now)}
        </Fact>
        <Fact term="Approved">
          {onDay(device.approvedAt)} by {device.approvedBy}
        </Fact>
        {device.revokedAt === null ? null : <Fact term="Revoked">{onDay(device.revokedAt)}</Fact>}
      </dl>
      {device.revokedAt === null ? (
        <>
          <RenameForm restaurant={slug} device={device.id} name={device.name} />
          <RevokeForm restaurant={slug} device={device.id} name={device.name} />
        </>
      ) : (
        <p className="pt-4 text-muted">
          It shows no tickets any more. To use the screen again, pair it with a new code.
        </p>
      )}
    </div>
  )
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{term}</dt>
      <dd>{children}</dd>
    </>
  )
}
