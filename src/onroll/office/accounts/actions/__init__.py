"""The only writers of users, roles, teams, posts and the authority's details."""
