'use client'

import Printer from 'lucide-react/icons/printer'
import { Button } from '@/app/_ui/button'

/** Opens the browser's own print dialog; without script its menu does. */
export function PrintButton() {
  return (
    <Button type="button" variant="primary" onClick={() => print()}>
      <Printer size={16} aria-hidden />
      Print
    </Button>
  )
}
