import { DIET_WORDS } from '@/app/_ui/diet-words'
import type { GuestDish } from '@/db/queries/guest-menu'
import { tellingDiets } from '@/domain/diet'
import { formatMoney } from '@/domain/money'
import { PHOTO_WIDTHS, photoHeight, photoUrl } from '@/domain/photo'
import type { Diet } from '@/domain/vocabulary'

/** A dish as a guest reads it. One that is off stays in sight, so that nobody who came for it has to ask. */
export function DishEntry({ dish, currency }: { dish: GuestDish; currency: string }) {
  return (
    <li className={dish.soldOut ? 'off' : undefined}>
      {dish.photo ? <Photo photo={dish.photo} name={dish.name} /> : null}
      <h3>{dish.name}</h3>
      <p className="price">{dish.soldOut ? 'Sold out' : formatMoney(dish.price, currency)}</p>
      {dish.description ? <p>{dish.description}</p> : null}
      {dish.diets.length > 0 ? <p className="diets">{dietWords(dish.diets)}</p> : null}
      <p className="facts">
        {dish.calories === null ? null : `${dish.calories.toLocaleString('en')} kcal · `}
        {allergenWords(dish)}
      </p>
    </li>
  )
}

/** With its measures, so that nothing moves when it arrives. */
const Photo = ({ photo, name }: { photo: string; name: string }) => (
  // biome-ignore lint/performance/noImgElement: the files are made in the right sizes already
  <img
    src={photoUrl(photo, 320)}
    srcSet={PHOTO_WIDTHS.map((width) => `${photoUrl(photo, width)} ${width}w`).join(', ')}
    sizes="8rem"
    width={320}
    height={photoHeight(320)}
    alt={name}
    loading="lazy"
    decoding="async"
  />
)

const dietWords = (diets: readonly Diet[]): string =>
  tellingDiets(diets)
    .map((diet) => DIET_WORDS[diet])
    .join(' · ')

function allergenWords({ allergens }: GuestDish): string {
  if (allergens === null) return 'Ask us about allergens'
  return allergens.length > 0 ? `Contains ${allergens.join(', ')}` : 'No listed allergens'
}
