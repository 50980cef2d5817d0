'use server'

import { z } from 'zod'
import { environment } from '@/app/_server/environment'
import { defineRecordAction } from '@/app/_server/record-action'
import { supplierForm } from '@/domain/supplier'

export const saveSupplier = defineRecordAction({
  name: 'supplier.save',
  subject: 'supplier',
  form: z.lazy(() => supplierForm(environment().CURRENCY)),
  pathOf: ({ id }) => `/admin/suppliers/${id}`,
})
