<?php
/**
 * Plugin Name: School News Aggregator
 * Description: Leads search engines from a republished article to its original.
 * License: MIT
 *
 * Optional. Goes into wp-content/mu-plugins; there is nothing to switch on.
 */
add_action('init', function () {
    foreach (array('_agg_source_url' => 'esc_url_raw', '_agg_id' => 'sanitize_key') as $key => $clean) {
        register_post_meta('post', $key, array(
            'type' => 'string',
            'single' => true,
            'show_in_rest' => true,
            'sanitize_callback' => $clean,
            'auth_callback' => function ($allowed, $key, $post) {
                return current_user_can('edit_post', $post);
            },
        ));
    }
});

function agg_original_url($url, $post = null) {
    $post = get_post($post);
    $source = $post && is_singular() ? get_post_meta($post->ID, '_agg_source_url', true) : '';
    return $source ?: $url;
}
add_filter('get_canonical_url', 'agg_original_url', 10, 2);
// The two plugins that print one of their own instead.
add_filter('wpseo_canonical', 'agg_original_url', 10, 1);
add_filter('rank_math/frontend/canonical', 'agg_original_url', 10, 1);
