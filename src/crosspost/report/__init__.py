"""Outcomes, drafts and findings as text for people and as JSON Lines for programs. Pure: returns strings, prints nothing."""
