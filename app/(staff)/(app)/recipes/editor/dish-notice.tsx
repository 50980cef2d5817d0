import type { SellingDish } from '@/db/queries/recipe-choices'

/** Which dishes change with the recipe, and where they are sold: to be known before it is saved. */
export function DishNotice({
  dishes,
  changeSetName,
}: {
  dishes: readonly SellingDish[]
  changeSetName: string | null
}) {
  if (dishes.length === 0) return null
  return (
    <div className="border-l-2 border-amber py-1 pl-3">
      <p>
        {changeSetName === null
          ? 'Saving changes what these dishes cost, take from stock and declare, at once:'
          : `Once “${changeSetName}” is published, this changes what these dishes cost, take from stock and declare:`}
      </p>
      <ul>
        {dishes.map((dish) => (
          <li key={dish.id}>
            <span className="font-semibold">{dish.name}</span> <span>{placesOf(dish)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function placesOf({ restaurants, first }: SellingDish): string {
  if (restaurants === 0) return 'is on no menu now'
  const more = restaurants - first.length
  const names = more > 0 ? `${first.join(', ')} and ${more} more` : first.join(', ')
  return `in ${restaurants} ${restaurants === 1 ? 'restaurant' : 'restaurants'}: ${names}`
}
