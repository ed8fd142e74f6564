"""What search engines are asked."""


def test_robots_may_read_the_record_of_today_and_nothing_else(client):
    response = client.get("/robots.txt")

    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert "Disallow: /*as_of=" in lines
    assert "Disallow: /" not in lines


def test_no_login_is_asked_where_browsing_needs_one(client, settings):
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,
        "django.contrib.auth.middleware.LoginRequiredMiddleware",
    ]

    assert client.get("/robots.txt").status_code == 200
