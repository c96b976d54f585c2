using TwilioEmu.Messaging.Tests.Services;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Testing.Houses;
using TwilioEmu.Testing.Rest;

namespace TwilioEmu.Messaging.Tests.Links;

public sealed class ShortLinkTests : IAsyncDisposable
{
    private const string Domain = "DN00000000000000000000000000000001";

    private readonly MessagingHouse _house = new();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Links_become_short_ones_that_lead_on_and_a_click_is_told()
    {
        _house.App.On("/clicks", FakeApp.Empty);
        var service = await ServiceHouse.CreateAsync(_house, MessagingHouse.Number);
        await _house.Rest.PostMessagingAsync($"/v1/LinkShortening/Domains/{Domain}/MessagingServices/{service}");
        await _house.Rest.PostMessagingAsync(
            $"/v1/LinkShortening/Domains/{Domain}/Config", "CallbackUrl", "http://app/clicks", "FallbackUrl", "https://example.com/lost");
        var sid = (await SendAsync(service, "Look: https://example.com/a?b=c, or http://example.com/d."))["sid"];
        await _house.AdvanceAsync(5);
        var body = _house.Received().Should().ContainSingle().Subject;
        body.Should().MatchRegex("^Look: http://short\\.localhost/[A-Za-z0-9]{10}, or http://short\\.localhost/[A-Za-z0-9]{10}\\.$");
        (await _house.Rest.GetAsync($"Messages/{sid}.json"))["body"].Should().Be(body);

        string? target = null, lost = null;
        _house.Do(() => target = _house.Messaging.Click(body[29..39], "Browser"));
        _house.Do(() => lost = _house.Messaging.Click("0000000000", null));
        (target, lost).Should().Be(("https://example.com/a?b=c", "https://example.com/lost"));
        await _house.AdvanceAsync(1);
        var click = _house.App.Requests.Should().ContainSingle().Subject;
        (click["event_type"], click["sms_sid"], click["to"], click["link"], click["user_agent"])
            .Should().Be(("click", sid, MessagingHouse.Phone, "https://example.com/a?b=c", "Browser"));
        (await _house.AlertsAsync()).Should().Equal(30104);
        await _house.AdvanceAsync(91 * 86_400);
        _house.Do(() => _house.Messaging.Click(body[29..39], null).Should().Be("https://example.com/lost"));
    }

    [Fact]
    public async Task Without_a_domain_there_is_nothing_to_shorten_by()
    {
        var service = await ServiceHouse.CreateAsync(_house, MessagingHouse.Number);
        var sid = (await SendAsync(service, "https://example.com/"))["sid"];
        await _house.AdvanceAsync(1);
        (await _house.Rest.GetAsync($"Messages/{sid}.json"))["error_code"].Should().Be("30106");
        (await _house.PostAsync("https://example.com/", "ShortenUrls", "true")).Code.Should().Be(30124);
    }

    [Fact]
    public async Task A_click_on_no_link_leads_nowhere_where_the_domain_has_no_fallback_and_is_a_warning()
    {
        var service = await ServiceHouse.CreateAsync(_house, MessagingHouse.Number);
        await _house.Rest.PostMessagingAsync($"/v1/LinkShortening/Domains/{Domain}/MessagingServices/{service}");
        _house.Do(() => _house.Messaging.Click("0000000000", null).Should().BeNull());
        (await _house.AlertsAsync()).Should().Equal(30105);
    }

    [Theory]
    [InlineData(30109, "CallbackUrl")]
    [InlineData(30122, "FallbackUrl")]
    public async Task A_domains_urls_are_urls(int code, string parameter) =>
        (await _house.Rest.PostMessagingAsync($"/v1/LinkShortening/Domains/{Domain}/Config", parameter, "no url")).Code.Should().Be(code);

    [Fact]
    public async Task A_service_has_one_domain()
    {
        var service = await ServiceHouse.CreateAsync(_house, MessagingHouse.Number);
        Task<RestAnswer> JoinAsync(string domain) =>
            _house.Rest.PostMessagingAsync($"/v1/LinkShortening/Domains/{domain}/MessagingServices/{service}");
        (await JoinAsync(Domain)).Status.Should().Be(201);
        (await JoinAsync(Domain[..^1] + "2")).Code.Should().Be(30130);
    }

    private Task<RestAnswer> SendAsync(string service, string body) =>
        _house.Rest.PostAsync(
            "Messages.json", "To", MessagingHouse.Phone, "MessagingServiceSid", service, "Body", body, "ShortenUrls", "true");
}
