"""What is left when a process is killed, the power goes, the disk fills up or fails, or a server
restarts: real servers, a client that keeps a ledger, and small C libraries that play the disk."""
