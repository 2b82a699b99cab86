"""The school's public pages: made on the server, without scripts, no article without its source."""
