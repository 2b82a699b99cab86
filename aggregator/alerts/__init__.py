"""Telling people what ``check`` found: on change only, over whatever they read.

``changes`` decides what is news (pure), a transport each for mail, Telegram and webhooks takes it
there, and ``deliver`` remembers in the database who has taken what. Sentences are made by the
caller, in the operator's language.
"""
