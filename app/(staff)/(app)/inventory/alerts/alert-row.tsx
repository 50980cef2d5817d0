import Link from 'next/link'
import { StatusMark, type Tone } from '@/app/_ui/status-mark'
import type { AlertKind } from '@/domain/vocabulary'
import styles from './alerts.module.css'
import { AnswerForm } from './answer-form'
import type { AlertLine, DishWords } from './groups'

const KINDS: Record<AlertKind, { tone: Tone; word: string }> = {
  out: { tone: 'red', word: 'OUT' },
  low: { tone: 'amber', word: 'Low' },
  forecast: { tone: 'blue', word: 'Soon low' },
}

/** One ingredient that runs out in one restaurant, with the form to answer it where that was asked for. */
export function AlertRow({
  line,
  showRestaurant,
  columns,
  back,
}: {
  line: AlertLine
  showRestaurant: boolean
  columns: number
  back: string
}) {
  const level = { '--on-hand': `${line.onHandShare}%`, '--minimum': `${line.minimumShare}%` } as object
  const { tone, word } = KINDS[line.kind]
  const answerHref = `${back}${back.includes('?') ? '&' : '?'}answer=${line.restaurantId}-${line.ingredientId}`
  return (
    <>
      <tr>
        <th scope="row">
          <Link href={`/inventory/${line.slug}/ingredients/${line.ingredientId}`} prefetch={false}>
            {line.ingredient}
          </Link>
          <span className={styles.below} data-above={showRestaurant ? line.restaurant : undefined}>
            <Dishes line={line} />
          </span>
          {line.answer ? <span className={styles.answer}>{line.answer}</span> : null}
        </th>
        {showRestaurant ? <td className="wide">{line.restaurant}</td> : null}
        <td className="wide">
          {/* The figures beside it say the same. */}
          <div className={styles.level} style={level} />
        </td>
        <td className="end" data-below={`min ${line.minimum}\npar ${line.par}`}>
          <StatusMark tone={tone}>{word}</StatusMark> <span className={styles.held}>{line.onHand}</span>
        </td>
        <td className="end wide">{line.minimum}</td>
        <td className="end wide">{line.par}</td>
        <td className="end wide">
          {line.lasts ? (
            <>
              {line.lasts.days}
              {line.lasts.until ? <span className={styles.until}>{line.lasts.until}</span> : null}
            </>
          ) : (
            '–'
          )}
        </td>
        <td className="wide">
          <Dishes line={line} />
        </td>
        <td className="end">
          {line.buy ?? '–'}
          {line.onOrder ? <span className={styles.until}>{line.onOrder} on order</span> : null}
          <span className={styles.below} data-above={line.cost}>
            <AnswerLink line={line} href={answerHref} />
          </span>
        </td>
        <td className="end wide">{line.cost}</td>
        <td className="end wide">
          <AnswerLink line={line} href={answerHref} />
        </td>
      </tr>
      {line.isAnswering ? (
        <tr>
          <td colSpan={columns} className={styles.others}>
            <AnswerForm line={line} back={back} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

const AnswerLink = ({ line, href }: { line: AlertLine; href: string }) => (
  <Link
    href={href}
    prefetch={false}
    scroll={false}
    aria-label={`Answer ${line.ingredient}, ${line.restaurant}`}
    className={styles.rest}
  >
    {line.answer ? 'Change' : 'Answer'}
  </Link>
)

/** What can't be prepared by now, and what stops when it runs out. */
function Dishes({ line: { stopped, stops, lasts } }: { line: AlertLine }) {
  if (!stopped && !stops) return null
  return (
    <>
      {stopped ? (
        <span className={styles.stopped}>
          <StatusMark tone="red">stopped</StatusMark> <Names words={stopped} />
        </span>
      ) : null}
      {stops ? (
        <span className={styles.stops}>
          {lasts?.until ? `${lasts.until}: ` : ''}
          <Names words={stops} />
        </span>
      ) : null}
    </>
  )
}

const Names = ({ words: { names, more } }: { words: DishWords }) => (
  <>
    {names}
    {more > 0 ? ' ' : null}
    {more > 0 ? (
      <span role="img" aria-label={`and ${more} more`}>
        +{more}
      </span>
    ) : null}
  </>
)
