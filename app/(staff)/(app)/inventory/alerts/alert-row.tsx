import { StatusMark, type Tone } from '@/app/_ui/status-mark'
import type { AlertKind } from '@/domain/vocabulary'
import styles from './alerts.module.css'
import { AnswerForm } from './answer-form'
import type { AlertLine, AlertPlace } from './groups'

const KINDS: Record<AlertKind, { tone: Tone; word: string }> = {
  out: { tone: 'red', word: 'OUT' },
  low: { tone: 'amber', word: 'Low' },
  forecast: { tone: 'blue', word: 'Soon low' },
}

/**
 * One ingredient that runs out in one restaurant, with the form to answer it where that was asked for. Few elements, since
 * there are hundreds of rows: what has no column on a phone stands in attributes that its CSS shows.
 */
export function AlertRow({
  line,
  place,
  showRestaurant,
  isAnswering,
  columns,
  back,
}: {
  line: AlertLine
  place: AlertPlace
  showRestaurant: boolean
  isAnswering: boolean
  columns: number
  back: string
}) {
  const level = { '--on-hand': `${line.level[0]}%`, '--minimum': `${line.level[1]}%` } as object
  const { tone, word } = KINDS[line.kind]
  return (
    <>
      <tr>
        <th scope="row">
          <a href={`/inventory/${place.slug}/ingredients/${line.ingredientId}`}>{line.ingredient}</a>
          <Below line={line} place={showRestaurant ? place : null} />
        </th>
        {showRestaurant ? <td className="wide">{place.name}</td> : null}
        {/* The figures beside it say the same. */}
        <td className={`wide ${styles.level}`} style={level} />
        <td className="end" data-below={`min ${line.minimum}\npar ${line.par}`}>
          <StatusMark tone={tone}>{word}</StatusMark>
          {` ${line.onHand}`}
        </td>
        <td className="end wide">{line.minimum}</td>
        <td className="end wide">{line.par}</td>
        <td className="end wide">
          {line.days ?? '–'}
          {line.until ? <span className={styles.until}>{line.until}</span> : null}
        </td>
        <td className="end wide">
          {line.buy ?? '–'}
          {line.onOrder ? <span className={styles.until}>{`${line.onOrder} on order`}</span> : null}
        </td>
        <td className="end" data-above={buyWords(line)}>
          {line.cost ?? ''}
          <a
            href={`${back}${back.includes('?') ? '&' : '?'}answer=${line.restaurantId}-${line.ingredientId}`}
            data-keeps-place
            className={styles.answer}
            aria-label={`${line.answer ? 'Change' : 'Answer'} ${line.ingredient}, ${place.name}`}
          >
            {line.answer ? 'Change' : 'Answer'}
          </a>
        </td>
      </tr>
      {isAnswering ? (
        <tr>
          <td colSpan={columns} className={styles.others}>
            <AnswerForm line={line} back={back} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

const buyWords = ({ buy, onOrder }: AlertLine): string | undefined =>
  [buy, onOrder && `${onOrder} on order`].filter(Boolean).join('\n') || undefined

/** Where it is, what can't be prepared by now, what stops when it runs out, and what somebody said. */
function Below({ line, place }: { line: AlertLine; place: AlertPlace | null }) {
  const { stopped, stops, until, answer } = line
  if (!place && !stopped && !stops && !answer) return null
  return (
    <div className={styles.below} data-above={place?.name}>
      {stopped ? <StatusMark tone="red">stopped</StatusMark> : null}
      {stopped ? ` ${stopped}` : null}
      {stopped && stops ? <br /> : null}
      {stops ? `${until ? `${until}: ` : 'stops: '}${stops}` : null}
      {answer ? <p>{answer}</p> : null}
    </div>
  )
}
