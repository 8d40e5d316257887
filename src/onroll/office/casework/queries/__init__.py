"""Reads of cases, worklists, children and chronologies."""
