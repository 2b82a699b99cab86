-- The tables of CMS Sekolahku 2.4.6 to 2.4.13 that publishing touches, written from the facts of
-- their columns. Not the program's own dump, which may not be passed on.
CREATE TABLE posts (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    post_title VARCHAR(255) NULL,
    post_content LONGTEXT NULL,
    post_image VARCHAR(100) NULL,
    post_author BIGINT DEFAULT 0,
    post_categories VARCHAR(255) NULL,
    post_type VARCHAR(50) NOT NULL DEFAULT 'post',
    post_status ENUM('publish', 'draft') DEFAULT 'draft',
    post_visibility ENUM('public', 'private') DEFAULT 'public',
    post_comment_status ENUM('open', 'close') DEFAULT 'close',
    post_slug VARCHAR(255) NULL,
    post_tags VARCHAR(255) NULL,
    post_counter BIGINT DEFAULT 0,
    created_at DATETIME NULL,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    deleted_at DATETIME NULL,
    restored_at DATETIME NULL,
    created_by BIGINT DEFAULT 0,
    updated_by BIGINT DEFAULT 0,
    deleted_by BIGINT DEFAULT 0,
    restored_by BIGINT DEFAULT 0,
    is_deleted ENUM('true', 'false') DEFAULT 'false',
    INDEX (post_author)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb3;

CREATE TABLE categories (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    category_name VARCHAR(255) NOT NULL,
    category_slug VARCHAR(255) NULL,
    category_description VARCHAR(255) NULL,
    category_type ENUM('post', 'file') DEFAULT 'post',
    created_at DATETIME NULL,
    updated_at TIMESTAMP NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
    is_deleted ENUM('true', 'false') DEFAULT 'false',
    UNIQUE (category_name, category_type)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb3;

CREATE TABLE tags (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    tag VARCHAR(255) NOT NULL,
    slug VARCHAR(255) NULL,
    created_at DATETIME NULL,
    is_deleted ENUM('true', 'false') DEFAULT 'false',
    UNIQUE (tag)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb3;

CREATE TABLE users (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    user_name VARCHAR(60) NOT NULL,
    user_password VARCHAR(100) NOT NULL,
    user_full_name VARCHAR(100) NULL,
    user_type ENUM('super_user', 'administrator', 'employee', 'student') DEFAULT 'administrator',
    is_deleted ENUM('true', 'false') DEFAULT 'false'
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb3;

CREATE TABLE settings (
    id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    setting_group VARCHAR(100) NOT NULL,
    setting_variable VARCHAR(255) NULL,
    setting_value TEXT NULL,
    setting_default_value TEXT NULL
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb3;

INSERT INTO users (id, user_name, user_password, user_full_name)
VALUES (1, 'admin', '-', 'Administrator'), (7, 'editor', '-', 'Editor');
INSERT INTO categories (id, category_name, category_slug)
VALUES (1, 'Uncategorized', 'uncategorized'), (4, 'Kejuruan', 'kejuruan');
INSERT INTO settings (setting_group, setting_variable, setting_value, setting_default_value)
VALUES ('general', 'timezone', 'Asia/Makassar', 'Asia/Jakarta');
