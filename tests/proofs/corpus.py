"""What nobody would type: values, whole query strings, path segments and headers."""

HUGE = "9" * 30
LONG = "a" * 100_000

VALUES = [
    "", "x", "-1", "0", "1", "10000", "9999", "0000-00-00", "0001-01-01", "9999-12-31",
    "10000-01-01", "2024-02-30", HUGE, "-" + HUGE, "9223372036854775807", "9223372036854775808",
    "1e400", "NaN", "Infinity", "%00", "a%00b", "%ff", "%c3%28", "%ED%A0%80", "%F0%9F%98%80",
    "%EF%BB%BF", "%E2%80%AE", "(", "%5C", "%25", "_", "'", "%22", "%3Cscript%3E", "%0D%0Ax", "..",
    "None", "true", "%D9%A3", "%C2%B2", "%EF%BC%95", "[]", "{}", "%20", ",", "-", "--", "%", "%zz",
    "a" * 4096, LONG, "9" * 5000, "+".join(["ab"] * 400), "investment-1", "investment-" + HUGE,
]  # fmt: skip
"""Of a parameter, as the address has them."""

QUERIES = [
    "nosuch=1", "=", "&&&", "%00=1", "%ff=%ff", "a[b]=c", "e=1", "_popup=1", "_popup=" + HUGE,
    "_to_field=nosuch", "_to_field=id&_popup=1", "_changelist_filters=%ff",
    "_changelist_filters=q%3D%2500", "_export=xlsx", "format=json", "lang=en&lang=zh-hans",
    "sort=" + ",".join(f"k{n}" for n in range(500)), "sort=" + ",".join(["name", "-name"] * 250),
    "per_page=1000000000", "page=1&page=%00", "prefer=" + "&prefer=".join(["investment-1"] * 30),
    "&".join(f"p{n}=1" for n in range(900)), "&".join(f"p{n}=1" for n in range(1_100)),
]  # fmt: skip
"""Of any page."""

LOOKUPS = [
    "title__regex=(", "slug__regex=(", "key__iregex=[", "title__regex=^(a%2B)%2B$",
    "published_latest__year=9999", "published_latest__year=" + "9" * 20, "published_latest__year=0",
    "date_latest__year=10000", "last_login__gte=0001-01-01", "last_login__lte=9999-12-31",
    "title__exact=%00", "slug__exact=%00", "pk__in=1,x", "id=" + HUGE, "password__startswith=x",
    "source__title__startswith=x", "nosuch__nosuch=1", "draft__exact=x", "inferred__isempty=x",
    "o=9.9.9", "o=-", "o=" + ".".join(["1"] * 500), "p=99999999999999", "p=-1", "all=x",
    "q=" + "a" * 60_000, "q=%00", "q=%25_%5C", "_facets=x", "e=1&p=99999999999999",
    "_selected_action=%00",
]  # fmt: skip
"""Of a list in the admin."""

SEGMENTS = [
    "%00", "%ff", "%c3%28", "%ED%A0%80", "0", "-1", HUGE, "9223372036854775808", "NaN", "..",
    "%2e%2e", "%2F", "%5C", "%0D%0Ax", "%25", "_", "'", "(", "a" * 4096, "%E4%B8%AD", "investment",
    "00000000-0000-0000-0000-000000000000", "_5F", "_ZZ", "1,2", "%F0%9F%98%80", "10000", "%20",
]  # fmt: skip
"""Instead of a part of the path."""

LATIN = "\xff\xc3\x28"
HEADERS = [
    {"accept-language": text}
    for text in ("", "*", "x" * 5000, LATIN, "zh-hans;q=NaN", "en;q=9,,;", "en-" * 200)
]
HEADERS += [{"if-none-match": text} for text in ("", "*", '"', 'W/"x', LATIN, '"a",' * 500)]
HEADERS += [{"if-modified-since": text} for text in ("x", "Fri, 01 Jan 0000 00:00:00 GMT", HUGE)]
HEADERS += [
    {"cookie": text}
    for text in ("", ";;=;", "language=%00", "language=nosuch", "sessionid=" + HUGE, LATIN,
                 "csrftoken=\xff", "messages=x:y:z", "sessionid=%00", "sessionid=" + "a" * 8000)
]  # fmt: skip
HEADERS += [
    {"hx-request": "true", "hx-target": text} for text in ("content", "nosuch", LATIN, "<x>")
]
HEADERS += [{"hx-request": "true", "hx-current-url": text} for text in ("http://[", "x", LATIN)]
HEADERS += [{"hx-request": "x", "hx-history-restore-request": "true"}]
HEADERS += [
    {name: text}
    for name in ("x-forwarded-for", "x-forwarded-proto", "x-request-id", "referer", "origin")
    for text in ("", "1.2.3.4, " * 500, "[::1", LATIN, "%00")
]
HEADERS += [{"host": text} for text in ("", "[", "a..b", "evil.example", LATIN, "testserver:x")]
HEADERS += [{"range": "bytes=9-1"}, {"accept": "x" * 5000}, {"accept-encoding": "gzip;q=x"}]
HEADERS += [{"authorization": text} for text in ("Bearer", "Bearer \xff", "Basic %%%")]
