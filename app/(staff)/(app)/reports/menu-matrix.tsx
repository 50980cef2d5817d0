import type { MoneyFormat } from '@/app/_ui/money'
import { MENU_CLASSES, type MenuClass } from '@/domain/menu-engineering'
import { formatMoney } from '@/domain/money'
import { CLASS_WORDS, type EngineeredDish } from './engineered-dishes'
import { matrixPlace } from './matrix-place'
import { shareText } from './words'

/** Where each class stands: margin grows upwards, popularity to the right. */
const CORNERS: Record<MenuClass, string> = {
  puzzle: 'top-2 left-2',
  star: 'top-2 right-2 text-end',
  dog: 'bottom-2 left-2',
  plowhorse: 'right-2 bottom-2 text-end',
}

/**
 * Every dish as a dot in one of four fields. Dishes compete within their category, so the axes are multiples: of the
 * share from which on a dish is popular there, and of the average margin there. Where both are 1 the fields meet.
 */
export function MenuMatrix({ dishes, format }: { dishes: readonly EngineeredDish[]; format: MoneyFormat }) {
  const { currency, locale } = format
  const count = (menuClass: MenuClass) => dishes.filter((dish) => dish.menuClass === menuClass).length
  return (
    <figure className="grid content-start gap-2">
      <div className="relative h-80 border border-line">
        <svg aria-hidden="true" className="absolute inset-0 size-full">
          <line x1="50%" x2="50%" y2="100%" className="stroke-edge" />
          <line y1="50%" x2="100%" y2="50%" className="stroke-edge" />
          {dishes.map((dish) => {
            const place = matrixPlace(dish)
            return place ? (
              <circle
                key={dish.menuItemId}
                cx={place.x}
                cy={place.y}
                r="4"
                className="fill-muted opacity-70 hover:fill-accent"
              >
                <title>
                  {`${dish.name}: ${shareText(dish.popularity, locale)} of its category, margin ${formatMoney(Math.round(dish.margin ?? 0), currency, locale)}`}
                </title>
              </circle>
            ) : null
          })}
        </svg>
        {MENU_CLASSES.map((menuClass) => (
          <p key={menuClass} className={`absolute max-w-[45%] ${CORNERS[menuClass]}`}>
            <b>
              {CLASS_WORDS[menuClass].name} {count(menuClass).toLocaleString(locale)}
            </b>
            <span className="block text-sm text-muted max-md:hidden">{CLASS_WORDS[menuClass].advice}</span>
          </p>
        ))}
      </div>
      <figcaption className="flex justify-between gap-4 text-sm text-muted">
        <span>Upwards: better margin</span>
        <span>To the right: more popular</span>
      </figcaption>
    </figure>
  )
}
