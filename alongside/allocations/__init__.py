"""Who is whose: key workers, coordinators and the others on a case; loads, wishes, changes."""
