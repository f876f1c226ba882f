"""The pages of reports from practice: all of them with their totals, and the form that makes one."""
