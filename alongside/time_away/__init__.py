"""Days on which somebody who stays here was away: in hospital, in prison, on holiday, missing."""
