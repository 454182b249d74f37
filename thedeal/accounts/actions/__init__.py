"""What is done with those who sign in: made, renamed, held to a proof, signed out."""
