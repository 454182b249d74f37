"""The directory for other people's programs, as Open Referral UK 3.0."""
