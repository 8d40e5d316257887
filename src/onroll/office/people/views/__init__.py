"""The screens of children and the people around them."""
