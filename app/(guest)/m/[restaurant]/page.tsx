import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { environment } from '@/app/_server/environment'
import type { GuestMenuSection } from '@/db/queries/guest-menu'
import type { GuestScope } from '@/domain/scope'
import { DishEntry } from './dish-entry'
import { guestMenu, guestScope } from './menu-data'

/** Made on the first request, kept, and made anew when a mutation says so; at the latest after this many seconds. */
export const revalidate = 60

/** None ahead of time: a build needs no database. */
export const generateStaticParams = () => []

type Props = { params: Promise<{ restaurant: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { name } = (await requireGuestScope(params)).restaurant
  return { title: `Menu · ${name}`, description: `What ${name} serves, with prices, calories and allergens.` }
}

export default async function GuestMenuPage({ params }: Props) {
  const scope = await requireGuestScope(params)
  const sections = await guestMenu(scope)
  const currency = environment().CURRENCY
  return (
    <>
      <header>
        <h1>{scope.restaurant.name}</h1>
        {sections.length > 1 ? <SectionLinks sections={sections} /> : null}
      </header>
      <main>
        {sections.length === 0 ? <p className="empty">The menu is being written. Please ask us.</p> : null}
        {sections.map((section) => (
          <section key={section.id} id={anchor(section)} aria-labelledby={`${anchor(section)}-title`}>
            <h2 id={`${anchor(section)}-title`}>{section.name}</h2>
            {section.description ? <p className="about">{section.description}</p> : null}
            <ul>
              {section.dishes.map((dish) => (
                <DishEntry key={dish.id} dish={dish} currency={currency} />
              ))}
            </ul>
          </section>
        ))}
      </main>
      <footer>
        <p>
          <strong>Allergies?</strong> The allergens here are those of our recipes. Tell us before you order:
          our kitchens handle all of them, so traces can’t be ruled out.
        </p>
        <p>Calories are for one portion.</p>
      </footer>
    </>
  )
}

function SectionLinks({ sections }: { sections: GuestMenuSection[] }) {
  return (
    <nav aria-label="Sections">
      {sections.map((section) => (
        <a key={section.id} href={`#${anchor(section)}`}>
          {section.name}
        </a>
      ))}
    </nav>
  )
}

const anchor = (section: GuestMenuSection) => `s${section.id}`

/** What a slug can look like (constraint `restaurants_slug_form`): anything else needs no look-up. */
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

async function requireGuestScope(params: Props['params']): Promise<GuestScope> {
  const { restaurant } = await params
  if (restaurant.length > 80 || !SLUG.test(restaurant)) notFound()
  return (await guestScope(restaurant)) ?? notFound()
}
