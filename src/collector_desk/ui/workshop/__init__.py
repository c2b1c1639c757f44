"""The workshop: scripts, answers and rules are changed in copies, tried, compared, handed in and released."""
