"""What exists: functions, tables, buckets, rules, machines, policies, alarms and the REST API, declared once."""
