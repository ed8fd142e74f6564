"""Single sign-on by OpenID Connect; nothing but its words is imported where it is not set up."""
