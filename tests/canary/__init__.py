"""What the canary needs: planted nonsense words, pages crawled, tables read."""
