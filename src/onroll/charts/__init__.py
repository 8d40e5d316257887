"""Charts that everybody can read, and a page that stands alone: standard library only."""
