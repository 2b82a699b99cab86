<?php
// What plugins do to the REST API on real sites, switched on by the environment.
if (getenv('SITE_BARS_REST') === 'logged-in') {
    add_filter('rest_authentication_errors', function ($before) {
        return is_user_logged_in() ? $before
            : new WP_Error('rest_login_required', 'Only for members.', array('status' => 401));
    }, 200);
}
if (getenv('SITE_BARS_REST') === 'all') {
    add_filter('rest_authentication_errors', function () {
        return new WP_Error('rest_disabled', 'The REST API is switched off.', array('status' => 403));
    }, 200);
}
if (getenv('SITE_BARS_PASSWORDS')) {
    add_filter('wp_is_application_passwords_available', '__return_false');
}
if (getenv('SITE_BARS_XMLRPC')) {
    add_filter('xmlrpc_enabled', '__return_false');
}
