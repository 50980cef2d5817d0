'use server'

import { defineRecordAction } from '@/app/_server/record-action'
import { restaurantForm } from '@/domain/restaurant'

export const saveRestaurant = defineRecordAction({
  name: 'restaurant.save',
  subject: 'restaurant',
  form: restaurantForm,
  pathOf: ({ id }) => `/admin/restaurants/${id}`,
})
