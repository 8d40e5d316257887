"""People who sign in, and the organisation that they work in."""

from onroll.office.accounts.models.organisation import (
    Appointment,
    Authority,
    Body,
    Delivery,
    Locality,
    LocalityArea,
    LocalRules,
    Recording,
    Service,
    ServiceDetail,
    Team,
    TeamDetail,
    TeamPlacement,
)
from onroll.office.accounts.models.posts import Post, PostDetail, PostHolding
from onroll.office.accounts.models.users import Cover, Membership, RoleAsked, RoleHolding, User

__all__ = [
    "Appointment",
    "Authority",
    "Body",
    "Cover",
    "Delivery",
    "LocalRules",
    "Locality",
    "LocalityArea",
    "Membership",
    "Post",
    "PostDetail",
    "PostHolding",
    "Recording",
    "RoleAsked",
    "RoleHolding",
    "Service",
    "ServiceDetail",
    "Team",
    "TeamDetail",
    "TeamPlacement",
    "User",
]
