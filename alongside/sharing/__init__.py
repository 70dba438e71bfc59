"""What may be told to whom: agreements to share, their withdrawal, and every disclosure."""
