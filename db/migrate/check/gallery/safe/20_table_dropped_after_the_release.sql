-- transactional
-- phase: contract
-- expand: 0033_api_rates
DROP TABLE rate_limits;
