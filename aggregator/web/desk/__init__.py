"""The editor's desk: pages for the people who decide what readers see."""
