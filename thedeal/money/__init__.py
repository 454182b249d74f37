"""Packages of care, the ledger of savings, the gap, appraisal and demand."""
