<?php
// What a web server does before WordPress: files as they are, everything else to index.php.
define('ABSPATH', getenv('SITE_FOLDER') . '/');
$path = urldecode(parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH) ?: '/');
if (getenv('SITE_DROPS_AUTHORIZATION')) {
    // As Apache with CGI or FastCGI does: PHP sees neither the header nor the name.
    unset($_SERVER['HTTP_AUTHORIZATION'], $_SERVER['PHP_AUTH_USER'], $_SERVER['PHP_AUTH_PW']);
}
if (getenv('SITE_ASKS_PASSWORD')) {
    http_response_code(401);
    header('WWW-Authenticate: Basic realm="staf"');
    exit('<h1>Unauthorized</h1>');
}
if (getenv('SITE_MOVED')) {
    header('Location: https://www.example.org' . $_SERVER['REQUEST_URI'], true, 301);
    exit;
}
if (getenv('SITE_HIDES_REST') && (isset($_GET['rest_route']) || strpos($path, '/wp-json') === 0)) {
    http_response_code(404);
    exit('<h1>Not Found</h1>');
}
$file = ABSPATH . ltrim($path, '/');
if (is_dir($file) && is_file($file . '/index.php')) {
    $file = rtrim($file, '/') . '/index.php';
}
if (is_file($file) && substr($file, -4) !== '.php') {
    return false;
}
$script = is_file($file) ? $file : ABSPATH . 'index.php';
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = is_file($file) ? $path : '/index.php';
chdir(dirname($script));
require $script;
