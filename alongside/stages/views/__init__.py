"""The pages of stages: the sheet, its tasks, evidence, moves, and the reports."""
