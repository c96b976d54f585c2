using TwilioEmu.Testing.Apps;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Tests.Caching;

/// <summary>Answers to GET are kept by their headers (RFC 9111, twilio.com/docs/voice/twiml), those to POST never.</summary>
public sealed class CachingTests : IAsyncDisposable
{
    private readonly FakeApp _app = new(PostOffice.Token);
    private readonly PostOffice _post;

    public CachingTests() => _post = PostOffice.Virtual(("app.local", _app));

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    [Theory]
    [InlineData("ETag", "\"v1\"", "If-None-Match")]
    [InlineData("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT", "If-Modified-Since")]
    public async Task What_has_a_validator_is_asked_for_with_it_and_a_304_stands_for_the_whole(
        string header, string value, string condition)
    {
        _app.On(
            "/doc",
            r =>
                r.Headers.Any(h => h.Key == condition && h.Value == value)
                    ? new AppAnswer(304, null, "") { Headers = [new(header, value)] }
                    : Doc((header, value)));
        var first = await GetAsync();
        var second = await GetAsync();
        second.Should().BeEquivalentTo(new { Status = 200, ContentType = "text/xml", IsUsable = true });
        second.Body.ToArray().Should().Equal(first.Body.ToArray());
        _app.Requests.Should().HaveCount(2);
        var attempts = (await _post.EntriesAsync("webhook.answered"))[1].GetProperty("data").GetProperty("attempts");
        attempts[0].GetProperty("status").GetInt32().Should().Be(304, "the journal tells what came, and below it what was used");
    }

    [Theory]
    [InlineData("max-age=60", 59, 1)]
    [InlineData("max-age=60", 61, 2)]
    [InlineData("max-age=60, s-maxage=10", 11, 2)]
    [InlineData("public, max-age=\"60\"", 59, 1)]
    [InlineData("max-age=soon", 1, 2)]
    [InlineData("no-cache, max-age=60", 1, 2)]
    [InlineData("no-store, max-age=60", 1, 2)]
    [InlineData("private, max-age=60", 1, 2)]
    [InlineData("must-revalidate", 1, 2)]
    public async Task A_lifetime_saves_the_asking_while_it_lasts(string control, int seconds, int asked)
    {
        _app.On("/doc", Doc(("Cache-Control", control)));
        await GetAsync();
        await _post.World.Loop.RunAsync(() => Task.Delay(TimeSpan.FromSeconds(seconds), _post.World.Clock), default);
        (await GetAsync()).IsUsable.Should().BeTrue();
        _app.Requests.Should().HaveCount(asked);
        (await _post.EntriesAsync("webhook.cached")).Should().HaveCount(2 - asked);
    }

    [Fact]
    public async Task The_age_it_has_on_arrival_counts_and_Expires_is_read_by_the_apps_own_clock()
    {
        _app.On("/doc", Doc(("Cache-Control", "max-age=60"), ("Age", "60")));
        await GetAsync();
        await GetAsync();
        _app.Requests.Should().HaveCount(2);
        _app.On("/doc", Doc(("Date", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Expires", "Sun, 06 Nov 1994 08:50:37 GMT")));
        await GetAsync();
        await GetAsync();
        _app.Requests.Should().HaveCount(3);
    }

    [Theory]
    [InlineData("Set-Cookie", "a=1", 2)]
    [InlineData("Vary", "*", 2)]
    [InlineData("Vary", "X-Twilio-Signature", 2)]
    [InlineData("Vary", "Accept-Encoding, user-agent", 1)]
    public async Task What_is_somebodys_own_is_not_kept(string header, string value, int asked)
    {
        _app.On("/doc", Doc(("Cache-Control", "max-age=60"), (header, value)));
        await GetAsync();
        await GetAsync();
        _app.Requests.Should().HaveCount(asked);
    }

    [Fact]
    public async Task Neither_posts_nor_callbacks_nor_other_queries_nor_errors_are_answered_from_what_was_kept()
    {
        _app.On("/doc", Doc(("Cache-Control", "max-age=60")));
        await _post.SendAsync("http://app.local/doc");
        await _post.SendAsync("http://app.local/doc");
        await _post.SendAsync("http://app.local/doc?a=1", "GET");
        await _post.SendAsync("http://app.local/doc?a=2", "GET");
        await _post.SendAsync(PostOffice.Request("http://app.local/doc?a=1", "GET") with { Purpose = WebhookPurpose.StatusCallback });
        _app.Requests.Should().HaveCount(5);
        _app.OnInTurn("/other", new AppAnswer(500, "text/plain", "") { Headers = [new("Cache-Control", "max-age=60")] }, Doc());
        (await _post.SendAsync("http://app.local/other", "GET")).IsUsable.Should().BeFalse();
        (await _post.SendAsync("http://app.local/other", "GET")).IsUsable.Should().BeTrue();
    }

    [Fact]
    public async Task A_304_that_nobody_asked_for_is_no_answer()
    {
        _app.On("/doc", new AppAnswer(304, null, ""));
        (await GetAsync()).ErrorCode.Should().Be(11216);
    }

    [Fact]
    public async Task What_changed_takes_the_place_of_what_was_kept()
    {
        _app.OnInTurn(
            "/doc", Doc(("ETag", "\"1\"")),
            new AppAnswer(200, "text/xml", "<Response><Pause/></Response>") { Headers = [new("ETag", "\"2\"")] },
            new AppAnswer(304, null, ""));
        await GetAsync();
        await GetAsync();
        System.Text.Encoding.UTF8.GetString((await GetAsync()).Body.Span).Should().Contain("<Pause/>");
        _app.Requests[^1].Request.Headers.Should().Contain(new KeyValuePair<string, string>("If-None-Match", "\"2\""));
    }

    private Task<WebhookAnswer> GetAsync() => _post.SendAsync("http://app.local/doc", "GET");

    private static AppAnswer Doc(params (string Name, string Value)[] headers) =>
        new(200, "text/xml", "<Response/>") { Headers = [.. headers.Select(h => KeyValuePair.Create(h.Name, h.Value))] };
}
