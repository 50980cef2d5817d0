import { ALLERGENS, type Allergen } from '@/domain/vocabulary'

/** What has to be declared, each with the ingredients that bring it. */
export function AllergenList({
  lines,
}: {
  lines: readonly { ingredient: string; allergens: readonly Allergen[] }[]
}) {
  const brought = ALLERGENS.map((allergen) => ({
    allergen,
    by: lines.filter((line) => line.allergens.includes(allergen)).map((line) => line.ingredient),
  })).filter(({ by }) => by.length > 0)
  return (
    <section aria-labelledby="allergens">
      <h2 id="allergens" className="flex items-center pb-2 text-lg font-semibold lg:min-h-11">
        Allergens
      </h2>
      {brought.length === 0 ? (
        <p className="text-muted">
          {lines.length === 0
            ? 'Not known while the card has no lines.'
            : 'None of the 14 that must be declared, by its ingredients’ records.'}
        </p>
      ) : (
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4">
          {brought.map(({ allergen, by }) => (
            <div
              key={allergen}
              className="col-span-2 grid grid-cols-subgrid items-baseline border-t border-line py-1.5"
            >
              <dt className="font-semibold">{allergen}</dt>
              <dd className="text-muted">{by.join(', ')}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  )
}
