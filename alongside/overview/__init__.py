"""One page about all of it: the whole picture, who does what, and how current a file is."""
