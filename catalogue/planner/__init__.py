"""The planner: answers of a person ─► methods in an order, each with its reasons, and a short process; what chosen methods come to as steps."""
