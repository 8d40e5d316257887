"""Files of registers, and what was made of them."""
