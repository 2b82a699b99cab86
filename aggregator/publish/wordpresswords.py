"""What is said about a WordPress and our account there. Translated where it is shown."""

from __future__ import annotations

from enum import StrEnum


class Trouble(StrEnum):
    """What keeps an account from publishing, and what to do."""

    NO_REST = (
        "no REST API is found at this address: check the address, "
        "and whether a plugin switches the REST API off"
    )
    MOVED = (
        "the portal redirects to another address: write the one that readers see in their browser"
    )
    NOT_SIGNED_IN = (
        "WordPress takes us for nobody: the user name or the application password is wrong, or "
        "the web server drops the Authorization header"
    )
    HEADER_LOST = (
        "the web server drops the Authorization header, so that WordPress never sees the "
        "password: add 'SetEnvIf Authorization \"(.*)\" HTTP_AUTHORIZATION=$1' to .htaccess"
    )
    PASSWORDS_OFF = (
        "application passwords are switched off: the portal needs https, or a security plugin "
        "forbids them"
    )
    WRONG_PASSWORD = (
        "the user name or the application password is wrong: make a new password under "
        "Users, Profile, Application Passwords"
    )
    SERVER_PASSWORD = "the web server itself asks for a password before WordPress does"
    BARRED = (
        "a security plugin or firewall bars the REST API: allow /wp-json for this account and "
        "the address of this machine"
    )
    ROLE_TOO_LOW = "the account may not write posts: give it the role author"
    NOT_ITS_POST = "the account may not change this post: it belongs to somebody else"
    NO_CATEGORY = (
        "the category {category} is missing and the account may not make it: make it there"
    )


class Found(StrEnum):
    """What a look at the portal brought."""

    SIGNED_IN = "signed in to WordPress"
    PLAIN_PERMALINKS = "plain permalinks: the REST API is asked under ?rest_route="
    HANDS_IN = "the account hands in only: an editor of the portal publishes"
    NO_UPLOADS = "the account may not upload: posts have no images"
    NO_NEW_CATEGORIES = "the account may not make categories: they must be there already"
    MORE_THAN_NEEDED = "the account may do more than it needs: the role author is enough"
    KEEPS_SOURCES = "the plugin is there: search engines are led to the originals"
