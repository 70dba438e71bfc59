"""The pages about rights: of whole files, of what is under seal, and of lifting a seal."""
