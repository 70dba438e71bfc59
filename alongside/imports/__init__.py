"""Bringing other people's spreadsheets in, row by row, with a dry run first.

The core is plain Python: it knows nothing of Django, writes nothing, and is told the day.
The steps, in order:

1. `reading.files.read_file(name, content, limits)` gives a `SourceFile`, or raises `Unreadable`
   with two sentences (`because`, `instead`). What a file is, is told from its content.
2. `reading.tables.tables_in(source)` gives a `Table` for each sheet that has one: heading,
   columns, records, rows set aside, titles.
3. `mapping.guess_mapping(table, setting, remembered)` gives a `SheetMapping`: the kind of sheet,
   the field of each column, the order of day and month, what a reference and a bare length mean.
   Show it, let it be corrected (`with_field`, `map_as`, `dataclasses.replace`), ask `missing()`,
   keep `to_json()`, and bring it back with `from_json()`.
4. `setting.Setting` says what the place has: staff, rooms, stage codes, words of its own.
   `register.Register` says who is known: `Register.of(people)` with `KnownPerson` and `KnownStay`
   from the database; `seen` and `identities` hold `SeenRow`s of earlier imports, so that a file
   brought twice changes nothing; a person with `row_rejected` stands for a row refused before.
   `matching.Answers` holds what people said to “Who is …?” and “Which of the two?”.
5. `plan.plan_import(tables, mappings, register=, answers=, today=, setting=)` is the dry run: an
   `ImportPlan` with a `RowPlan` for each row (verdict, reasons with cell and words, the proposed
   record), `duplicates`, `questions`, `notices`, `counts(sheet)`, `records(kind)`, and the
   `register` as it would stand afterwards, on which the next file can be planned.
6. `rejects.write_rejected(plan, delimiter)` gives the rejected rows back as a file to mend.

To carry a plan out: write `plan.records()` in order. A record's `person` is a key of the
register: `new:<sheet>:<row>` must first become a resident (`person_is_new`), any other is the key
the caller gave. A row with the verdict `update` changes the record of the same `identity`. Keep
`plan.register.seen` and `identities` (with the new keys exchanged for the real ones), the answers,
the mappings, and the rejected people for the next import.

Proposed records are frozen dataclasses, one module of `kinds` each: stays, referrals, beds,
sessions, plans, stage_sheet, move_on. Vocabulary and messages are in `words.toml`.
"""
