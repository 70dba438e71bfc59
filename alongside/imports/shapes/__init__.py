"""How records may stand in a sheet, and how each way becomes a plain list of them.

`reshaped(table, mapping, setting)` gives the table as a list: a row for each record, each value
with the cell it came from. A plain list is left as it is.
"""

SHAPES = {
    "list": "A list with a row for each record",
    "days": "A grid: a row for each person, a day above each column",
    "form": "Forms: labels in one column, and what they say beside them",
    "moves": "A row for each moving in and each moving out",
    "repeated": "A list with several records beside one another in each row",
    "spans": "A list with the days of moving in and out in one column",
}
