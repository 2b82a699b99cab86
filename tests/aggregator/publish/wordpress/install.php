<?php
// A site with its database, its people and their application passwords, which it prints as JSON.
define('ABSPATH', getenv('SITE_FOLDER') . '/');
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1';
$name = getenv('SITE_DATABASE');
$server = new mysqli(
    getenv('SITE_DATABASE_ONLY_HOST'), getenv('SITE_DATABASE_USER'),
    getenv('SITE_DATABASE_PASSWORD') ?: '', null, (int) getenv('SITE_DATABASE_PORT')
);
$server->query("DROP DATABASE IF EXISTS `$name`");
$server->query("CREATE DATABASE `$name` CHARACTER SET utf8mb4");
require ABSPATH . 'wp-load.php';
// Else the installation sends a mail, and asks a web server that does not run yet.
function wp_new_blog_notification() {}
$no_question = function () { return '/%postname%/'; };
add_filter('pre_option_permalink_structure', $no_question);
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('SMK Negeri 1', 'kepala', 'kepala@example.org', true, '', 'rahasia-kepala');
remove_filter('pre_option_permalink_structure', $no_question);
update_option('timezone_string', 'Asia/Makassar');
update_option('permalink_structure', getenv('SITE_PERMALINKS') ?: '');
$passwords = array();
foreach (array('editor', 'author', 'contributor', 'subscriber') as $role) {
    $user = wp_insert_user(array(
        'user_login' => $role, 'user_pass' => "rahasia-$role", 'role' => $role,
        'user_email' => "$role@example.org", 'display_name' => ucfirst($role),
    ));
    $made = WP_Application_Passwords::create_new_application_password($user, array('name' => 'aggregator'));
    $passwords[$role] = $made[0];
}
wp_insert_term('Berita', 'category');
flush_rewrite_rules(false);
echo json_encode($passwords);
