using TwilioEmu.Webhooks.Cookies;

namespace TwilioEmu.Webhooks.Tests.Cookies;

public sealed class CookieJarsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);
    private static readonly Uri Home = new("https://app.example/menu/main?x=1");

    private readonly CookieJars _jars = new(maxJars: 2);

    [Fact]
    public void A_cookie_comes_back_to_its_host() => Set("id=7").Header().Should().Be("id=7");

    [Theory]
    [InlineData("id=7", "https://other.example/menu/x")]
    [InlineData("id=7", "https://sub.app.example/menu/x")]
    [InlineData("id=7", "https://app.example/other")]
    [InlineData("id=7", "https://app.example/menus")]
    [InlineData("id=7; Path=/; Secure", "http://app.example/")]
    [InlineData("id=7; Path=/; Domain=other.example", "https://other.example/")]
    [InlineData("id=7; Max-Age=0", "https://app.example/menu/x")]
    [InlineData("id=7; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "https://app.example/menu/x")]
    [InlineData("=7", "https://app.example/menu/x")]
    [InlineData("nonsense", "https://app.example/menu/x")]
    public void A_cookie_goes_nowhere_else(string cookie, string url) => Set(cookie).Header(url).Should().BeNull();

    [Theory]
    [InlineData("id=7; Domain=app.example", "https://sub.app.example/menu/x")]
    [InlineData("id=7; Domain=.APP.example; Path=/", "https://a.b.app.example/")]
    [InlineData("id=7; Path=/", "http://app.example/")]
    public void A_wider_cookie_goes_wider(string cookie, string url) => Set(cookie).Header(url).Should().Be("id=7");

    [Fact]
    public void The_same_cookie_is_replaced_and_longer_paths_come_first() =>
        Set("a=1; Path=/").Set("b=2").Set("a=3; Path=/").Header().Should().Be("b=2; a=3");

    [Fact]
    public void An_expired_cookie_deletes() => Set("a=1").Set("a=; Max-Age=0").Header().Should().BeNull();

    [Fact]
    public void Max_age_runs_in_world_time()
    {
        Set("a=1; Max-Age=60");
        _jars.HeaderFor("jar", Home, Now.AddSeconds(59)).Should().Be("a=1");
        _jars.HeaderFor("jar", Home, Now.AddSeconds(60)).Should().BeNull();
    }

    [Fact]
    public void Expires_is_told_by_the_clock_of_the_app()
    {
        Set("a=1; Expires=Wed, 01 Dec 2038 10:00:10 GMT", date: "Wed, 01 Dec 2038 10:00:00 GMT");
        _jars.HeaderFor("jar", Home, Now.AddSeconds(9)).Should().Be("a=1");
        _jars.HeaderFor("jar", Home, Now.AddSeconds(10)).Should().BeNull();
    }

    [Fact]
    public void Jars_never_mix() => Set("a=1").HeaderOf("other").Should().BeNull();

    [Fact]
    public void The_jar_longest_unused_goes_first()
    {
        Set("a=1", jar: "one").Set("a=2", jar: "two").Set("b=1", jar: "one").Set("a=3", jar: "three");
        _jars.Count.Should().Be(2);
        (HeaderOf("one"), HeaderOf("two"), HeaderOf("three")).Should().Be(("a=1; b=1", null, "a=3"));
    }

    private CookieJarsTests Set(string header, string jar = "jar", string? date = null)
    {
        if (SetCookie.Read(header, Home, Now, date) is { } cookie) _jars.Put(jar, cookie, Now);
        return this;
    }

    private string? Header(string? url = null) => _jars.HeaderFor("jar", url is null ? Home : new Uri(url), Now);

    private string? HeaderOf(string jar) => _jars.HeaderFor(jar, Home, Now);
}
