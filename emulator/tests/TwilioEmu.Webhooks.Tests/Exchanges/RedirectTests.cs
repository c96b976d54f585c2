using TwilioEmu.Testing.Apps;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Tests.Exchanges;

public sealed class RedirectTests : IAsyncDisposable
{
    private readonly FakeApp _app = new(PostOffice.Token);
    private readonly PostOffice _post;

    public RedirectTests()
    {
        _post = PostOffice.Virtual(("app.local", _app), ("other.local", _app));
        _app.On("/end", FakeApp.Empty);
    }

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    public async Task A_post_becomes_a_get_without_parameters_signed_anew(int status)
    {
        Redirect("/start", status, "/end?x=1");
        var answer = await _post.SendAsync("https://app.local/start", "POST", ("Body", "hi"));
        answer.IsUsable.Should().BeTrue();
        answer.Url.Should().Be("https://app.local/end?x=1");
        _app.Requests.Should().OnlyContain(r => r.IsSigned);
        var last = _app.Requests[^1];
        (last.Method, last.Path, last.Request.Url.Query, last["Body"]).Should().Be(("GET", "/end", "?x=1", null));
    }

    [Fact]
    public async Task A_307_repeats_the_post()
    {
        Redirect("/start", 307, "https://other.local/end");
        await _post.SendAsync("https://app.local/start", "POST", ("Body", "hi"));
        _app.Requests.Should().OnlyContain(r => r.IsSigned && r["Body"] == "hi" && r.Method == "POST");
        _app.Requests[^1].Header("Host").Should().Be("other.local");
    }

    [Theory]
    [InlineData(300)]
    [InlineData(304)]
    [InlineData(305)]
    [InlineData(308)]
    public async Task Other_redirects_are_11216(int status)
    {
        Redirect("/start", status, "/end");
        (await _post.SendAsync("https://app.local/start")).Should().BeEquivalentTo(new { Status = status, ErrorCode = 11216 });
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ftp://x/")]
    [InlineData("http://")]
    public async Task A_location_that_leads_nowhere_is_11216(string? location)
    {
        Redirect("/start", 302, location);
        (await _post.SendAsync("https://app.local/start")).ErrorCode.Should().Be(11216);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(11, 11215)]
    public async Task Ten_redirects_are_followed_and_no_more(int count, int code)
    {
        for (var i = 0; i < count; i++) Redirect($"/{i}", 302, i == count - 1 ? "/end" : $"/{i + 1}");
        (await _post.SendAsync("https://app.local/0")).ErrorCode.Should().Be(code);
    }

    [Fact]
    public async Task Attempts_name_every_hop()
    {
        Redirect("/start", 302, "https://other.local/end");
        await _post.SendAsync("https://app.local/start");
        var attempts = (await _post.EntriesAsync("webhook.answered")).Single().GetProperty("data").GetProperty("attempts");
        attempts.EnumerateArray().Select(a => $"{a.GetProperty("method")} {a.GetProperty("url")} {a.GetProperty("status")}")
            .Should().Equal("POST https://app.local/start 302", "GET https://other.local/end 200");
    }

    private void Redirect(string path, int status, string? location) =>
        _app.On(path, new AppAnswer(status, null, "") { Headers = location is null ? [] : [new("Location", location)] });
}
