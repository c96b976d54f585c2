using TwilioEmu.Webhooks.Addresses;

namespace TwilioEmu.Webhooks.Tests.Addresses;

public sealed class WebhookUrlTests
{
    [Theory]
    [InlineData("https://user:pass@example.com:8443/a?b=c#rc=2", "https://example.com:8443/a?b=c")]
    [InlineData("http://example.com", "http://example.com/")]
    [InlineData("http://example.com?x=1", "http://example.com/?x=1")]
    [InlineData("https://example.com/a%2Bb/%41?x=%7e", "https://example.com/a%2Bb/%41?x=%7e")]
    [InlineData("https://Example.com/A/../B", "https://Example.com/A/../B")]
    [InlineData("  https://example.com/ä b  ", "https://example.com/%C3%A4%20b")]
    [InlineData("http://[::1]:80/x", "http://[::1]:80/x")]
    public void What_is_signed_is_what_was_configured(string configured, string signed) =>
        Parse(configured).Signed(isVoice: false).Should().Be(signed);

    [Theory]
    [InlineData("https://example.com:8443/a", "https://example.com/a")]
    [InlineData("http://example.com:8080/a", "http://example.com:8080/a")]
    [InlineData("https://[::1]:443/a", "https://[::1]/a")]
    [InlineData("https://[::1]/a", "https://[::1]/a")]
    public void Voice_drops_an_https_port_only(string configured, string signed) =>
        Parse(configured).Signed(isVoice: true).Should().Be(signed);

    [Theory]
    [InlineData("")]
    [InlineData("example.com/sms")]
    [InlineData("ftp://example.com/")]
    [InlineData("http:///sms")]
    [InlineData("http://exa mple.com/")]
    [InlineData("http://example.com:99999/")]
    [InlineData("/relative")]
    public void What_is_no_http_url_is_11100(string configured)
    {
        WebhookUrl.TryParse(configured, out var fault).Should().BeNull();
        fault!.Code.Should().Be(11100);
    }

    [Theory]
    [InlineData("http://a.b/c", "http://a.b/c?Body=a+b%2Bc")]
    [InlineData("http://a.b/c?x=1", "http://a.b/c?x=1&Body=a+b%2Bc")]
    [InlineData("http://a.b/c?", "http://a.b/c?Body=a+b%2Bc")]
    public void Get_appends_its_parameters_to_the_query(string url, string requested) =>
        Parse(url).WithQuery([new("Body", "a b+c")]).Shown.Should().Be(requested);

    [Theory]
    [InlineData("/menu", "https://a.b/menu")]
    [InlineData("menu", "https://a.b/c/menu")]
    [InlineData("./menu?x=1", "https://a.b/c/menu?x=1")]
    [InlineData("//other/x", "https://other/x")]
    [InlineData("http://other/x", "http://other/x")]
    public void A_location_resolves_against_the_url(string location, string target) =>
        Parse("https://a.b/c/d?e=f").Resolve(location)!.Shown.Should().Be(target);

    [Fact]
    public void Credentials_stay_with_their_origin()
    {
        var url = Parse("https://u:p@a.b/c");
        url.Resolve("/d")!.UserInfo.Should().Be("u:p");
        url.Resolve("https://other/d")!.UserInfo.Should().BeNull();
    }

    [Theory]
    [InlineData(".?Dial=true", "https://u:p@a.b/c/?Dial=true")]
    [InlineData("", "https://u:p@a.b/c/d")]
    public void Documents_resolve_their_links_with_credentials_and_without_the_fragment(string link, string target) =>
        new Uri(Parse("https://u:p@a.b/c/d#rc=1").Base(), link).AbsoluteUri.Should().Be(target);

    private static WebhookUrl Parse(string url)
    {
        var parsed = WebhookUrl.TryParse(url, out var fault);
        fault.Should().BeNull();
        return parsed!;
    }
}
