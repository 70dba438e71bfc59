"""What the pages that look over one file, or over every file of a service, ask."""
