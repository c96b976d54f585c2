using TwilioEmu.Testing.Apps;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Tests.Exchanges;

public sealed class CookieTests : IAsyncDisposable
{
    private readonly FakeApp _app = new(PostOffice.Token);
    private readonly PostOffice _post;

    public CookieTests()
    {
        _post = PostOffice.Virtual(("app.local", _app));
        _app.On("/set", new AppAnswer(200, null, "") { Headers = [new("Set-Cookie", "a=1"), new("Set-Cookie", "b=2; Path=/")] });
        _app.On("/get", FakeApp.Empty);
    }

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    [Fact]
    public async Task Cookies_come_back_within_their_jar()
    {
        await SendAsync("/set", "me");
        (await SendAsync("/get", "me")).Should().Be("a=1; b=2");
        (await SendAsync("/get", "you")).Should().BeNull();
        (await SendAsync("/get", null)).Should().BeNull();
    }

    [Fact]
    public async Task Cookies_set_by_a_redirect_go_to_its_target()
    {
        _app.On("/login", new AppAnswer(302, null, "") { Headers = [new("Set-Cookie", "s=9"), new("Location", "/get")] });
        (await SendAsync("/login", "me")).Should().Be("s=9");
        (await _post.EntriesAsync("webhook.answered")).Single().GetProperty("data").GetProperty("attempts")[1]
            .GetProperty("cookie").GetString()
            .Should().Be("s=9");
    }

    [Fact]
    public async Task Cookies_of_messages_live_four_hours_of_world_time()
    {
        await SendAsync("/set", "me");
        await _post.World.Clock.AdvanceAsync(TimeSpan.FromHours(4) - TimeSpan.FromSeconds(1));
        (await SendAsync("/get", "me")).Should().NotBeNull();
        await _post.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await SendAsync("/get", "me")).Should().BeNull();
    }

    [Fact]
    public async Task Cookies_of_a_call_live_as_long_as_it()
    {
        await SendAsync("/set", "CA1", isVoice: true);
        await _post.World.Clock.AdvanceAsync(TimeSpan.FromHours(20));
        (await SendAsync("/get", "CA1", isVoice: true)).Should().Be("a=1; b=2");
    }

    private async Task<string?> SendAsync(string path, string? jar, bool isVoice = false)
    {
        await _post.SendAsync(PostOffice.Request("https://app.local" + path) with { CookieJar = jar, IsVoice = isVoice });
        return _app.Requests[^1].Header("Cookie");
    }
}
