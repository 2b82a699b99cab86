<?php
// The site of the tests. Everything that differs between two of them comes from the environment.
define('DB_NAME', getenv('SITE_DATABASE'));
define('DB_HOST', getenv('SITE_DATABASE_HOST'));
define('DB_USER', getenv('SITE_DATABASE_USER'));
define('DB_PASSWORD', getenv('SITE_DATABASE_PASSWORD') ?: '');
define('DB_CHARSET', 'utf8mb4');
// One site behind several ports: each server says where it is.
define('WP_HOME', 'http://' . ($_SERVER['HTTP_HOST'] ?? '127.0.0.1'));
define('WP_SITEURL', WP_HOME);
// Application passwords without https.
define('WP_ENVIRONMENT_TYPE', getenv('SITE_TYPE') ?: 'local');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_CONTENT_DIR', ABSPATH . 'wp-content');
define('WP_DEBUG', false);
foreach (array('AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE') as $salt) {
    define($salt . '_KEY', 'tests only ' . $salt);
    define($salt . '_SALT', 'tests only, too ' . $salt);
}
$table_prefix = 'wp_';
require_once ABSPATH . 'wp-settings.php';
