import type { Difficulty } from '@/domain/recipe'
import styles from './difficulty-marks.module.css'

/** One to three marks, and the word for who does not see them. One element, since a page has dozens. */
export const DifficultyMarks = ({ difficulty }: { difficulty: Difficulty }) => (
  <span role="img" aria-label={difficulty} title={difficulty} className={styles[difficulty]} />
)
