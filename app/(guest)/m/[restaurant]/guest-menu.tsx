import type { GuestMenuSection } from '@/db/queries/guest-menu'
import { DishEntry } from './dish-entry'

/** A restaurant's menu as its guests read it. Its look is app/(guest)/guest.css. */
export function GuestMenu({
  restaurant,
  sections,
  currency,
  asOf = null,
}: {
  restaurant: string
  sections: readonly GuestMenuSection[]
  currency: string
  /** The time of day that this is the menu of, where it is not known how it is now. */
  asOf?: string | null
}) {
  return (
    <>
      <header>
        <h1>{restaurant}</h1>
        {asOf ? (
          <p className="late">As of {asOf}. Something may have sold out since: please ask us.</p>
        ) : null}
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
          <strong>Allergies?</strong> Allergens and diets here are those of our recipes. Tell us before you
          order: our kitchens handle all of them, so traces can’t be ruled out.
        </p>
        <p>Calories are for one portion.</p>
      </footer>
    </>
  )
}

function SectionLinks({ sections }: { sections: readonly GuestMenuSection[] }) {
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
