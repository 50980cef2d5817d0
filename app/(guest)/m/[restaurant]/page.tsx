import type { Metadata } from 'next'
import { notFound, permanentRedirect } from 'next/navigation'
import { environment } from '@/app/_server/environment'
import { localTime } from '@/app/_ui/local-time'
import type { GuestScope } from '@/domain/scope'
import { GuestMenu } from './guest-menu'
import { guestMenu, guestScope, presentSlug } from './menu-data'

/** Made on the first request, kept, and made anew when a mutation says so; at the latest after this many seconds. */
export const revalidate = 60

/** None ahead of time: a build needs no database. */
export const generateStaticParams = () => []

type Props = { params: Promise<{ restaurant: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = (await requireGuestScope(params)).restaurant
  return {
    title: `Menu · ${name}`,
    description: `What ${name} serves, with prices, calories, diets and allergens.`,
  }
}

export default async function GuestMenuPage({ params }: Props) {
  const scope = await requireGuestScope(params)
  const { sections, asOf } = await guestMenu(scope)
  return (
    <GuestMenu
      restaurant={scope.restaurant.name}
      sections={sections}
      currency={environment().CURRENCY}
      asOf={asOf && localTime(asOf, scope.restaurant.timeZone, 'en-GB')}
    />
  )
}

/** What a slug can look like (constraint `restaurants_slug_form`): anything else needs no look-up. */
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

async function requireGuestScope(params: Props['params']): Promise<GuestScope> {
  const { restaurant } = await params
  if (restaurant.length > 80 || !SLUG.test(restaurant)) notFound()
  const scope = await guestScope(restaurant)
  if (scope) return scope
  const present = await presentSlug(restaurant)
  return present ? permanentRedirect(`/m/${present}`) : notFound()
}
