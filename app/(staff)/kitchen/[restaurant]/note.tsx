import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { isAllergyNote } from '@/domain/kitchen-note'
import styles from './ticket.module.css'

/** What a guest wants; inverted where it must never be overlooked. */
export function Note({ text }: { text: string }) {
  if (!isAllergyNote(text)) return text
  return (
    <strong className={styles.allergy}>
      <TriangleAlert className="mr-[0.3em] inline size-[0.9em] align-[-0.08em]" aria-hidden />
      {text}
    </strong>
  )
}
