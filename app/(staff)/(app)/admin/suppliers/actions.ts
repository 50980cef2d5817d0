'use server'

import { defineRecordAction } from '@/app/_server/record-action'
import { supplierForm } from '@/domain/supplier'

export const saveSupplier = defineRecordAction({
  name: 'supplier.save',
  subject: 'supplier',
  form: supplierForm,
  pathOf: ({ id }) => `/admin/suppliers/${id}`,
})
