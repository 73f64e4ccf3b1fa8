"""Plans of public non-business and public-utility services (Decree 137/2024 Art. 8(5)-(6)), and what became of them."""
