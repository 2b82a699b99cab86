<?php
$server = new mysqli(
    getenv('SITE_DATABASE_ONLY_HOST'), getenv('SITE_DATABASE_USER'),
    getenv('SITE_DATABASE_PASSWORD') ?: '', null, (int) getenv('SITE_DATABASE_PORT')
);
$server->query('DROP DATABASE IF EXISTS `' . getenv('SITE_DATABASE') . '`');
