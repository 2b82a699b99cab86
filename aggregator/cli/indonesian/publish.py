"""``publish``: what is said about portals and their posts."""

MESSAGES = {
    # --- configuration
    "must be an address such as https://…": "harus berupa alamat seperti https://…",
    "write small letters, digits and dashes, 40 at most": (
        "tulis huruf kecil, angka, dan tanda hubung, paling banyak 40"
    ),
}
