'use client'

import Printer from 'lucide-react/icons/printer'
import { Button, type ButtonVariant } from './button'

/** Opens the browser's own print dialog; without script its menu does. */
export function PrintButton({ variant = 'primary' }: { variant?: ButtonVariant }) {
  return (
    <Button type="button" variant={variant} onClick={() => print()}>
      <Printer size={16} aria-hidden />
      Print
    </Button>
  )
}
