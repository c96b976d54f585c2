using TwilioEmu.Webhooks.Documents;

namespace TwilioEmu.Webhooks.Tests.Documents;

public sealed class DocumentPlaceTests
{
    private static readonly DocumentPlace Menu = new("https://u:p@app.local/in/menu?a=1#rc=2", new Uri("https://app.local/in/menu?a=1"));
    private static readonly DocumentPlace Given = new(null, null);

    [Theory]
    [InlineData("/other", "https://app.local/other")]
    [InlineData("next", "https://app.local/in/next")]
    [InlineData(".?b=2", "https://app.local/in/?b=2")]
    [InlineData("http://x/y#ct=500", "http://x/y#ct=500")]
    public void A_url_starts_from_where_the_document_came_from(string url, string absolute)
    {
        Menu.TryResolve(url, out var resolved).Should().BeTrue();
        resolved.Should().Be(absolute);
        Menu.Resolve(url).Should().Be(absolute);
    }

    [Theory, InlineData("ftp://x/"), InlineData("mailto:a@b.c"), InlineData("data:text/plain,hi")]
    public void What_is_not_asked_by_http_stays_as_it_is(string url)
    {
        Menu.TryResolve(url, out _).Should().BeFalse();
        Menu.Resolve(url).Should().Be(url);
        Menu.WhyUnresolved(url).Should().Contain("no http or https URL");
    }

    [Fact]
    public void Its_own_url_keeps_credentials_and_overrides_unless_redirects_led_elsewhere()
    {
        Menu.Self.Should().Be("https://u:p@app.local/in/menu?a=1#rc=2");
        (Menu with { Base = new Uri("https://app.local/elsewhere") }).Self.Should().Be("https://app.local/elsewhere");
    }

    [Theory, InlineData(null), InlineData("/menu")]
    public void Twiml_given_in_a_request_has_no_place(string? url)
    {
        Given.Self.Should().BeNull();
        Given.TryResolve(url ?? "", out _).Should().BeFalse();
        Given.WhyUnresolved(url).Should().Contain("no URL of its own");
        Given.TryResolve("https://x/y", out _).Should().BeTrue();
    }
}
