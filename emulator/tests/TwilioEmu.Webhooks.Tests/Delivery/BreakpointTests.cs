using TwilioEmu.Testing.Apps;
using TwilioEmu.Webhooks.Breakpoints;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Tests.Delivery;

/// <summary>Webhooks held before they go out.</summary>
public sealed class BreakpointTests : IAsyncDisposable
{
    private const string Url = "https://app.local/sms";
    private readonly FakeApp _app = new(PostOffice.Token);
    private readonly PostOffice _post;

    public BreakpointTests()
    {
        _post = PostOffice.Virtual(("app.local", _app));
        _app.On("/sms", FakeApp.Empty);
    }

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    [Fact]
    public async Task The_next_one_is_held_and_the_one_after_it_is_not()
    {
        await HoldAsync(new BreakRule(null, null, IsOnce: true));
        var held = _post.SendAsync(Url);
        await _post.EntryAsync("webhook.held");
        _app.Requests.Should().BeEmpty();
        (await _post.SendAsync(Url)).Status.Should().Be(200);
        await LetGoAsync(null);
        (await held).Should().BeEquivalentTo(new { Status = 200, ErrorCode = 0 });
        _app.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task Answered_by_hand_the_app_is_not_asked_and_the_answer_is_judged_like_its_own()
    {
        await HoldAsync(new BreakRule(null, null, IsOnce: false));
        var used = _post.SendAsync(Url);
        await _post.EntryAsync("webhook.held");
        await LetGoAsync(new HandAnswer(200, "text/xml", "<Response><Message>hi</Message></Response>"));
        (await used).Should().BeEquivalentTo(new { Status = 200, ContentType = "text/xml", IsUsable = true });
        var refused = _post.SendAsync(Url);
        await _post.EntryAsync("webhook.held", 2);
        await LetGoAsync(new HandAnswer(503, null, ""));
        (await refused).Should().BeEquivalentTo(new { Status = 503, ErrorCode = 11200 });
        _app.Requests.Should().BeEmpty();
        (await _post.EntriesAsync("webhook.let_go"))
            .Should().AllSatisfy(e => e.GetProperty("data").GetProperty("by").GetString().Should().Be("answered by hand"));
    }

    [Fact]
    public async Task Virtual_time_stands_while_one_is_held_however_long_that_is()
    {
        await HoldAsync(new BreakRule(null, null, IsOnce: true));
        var held = _post.SendAsync(Url);
        await _post.EntryAsync("webhook.held");
        var before = _post.World.Clock.GetUtcNow();
        var advance = _post.World.Clock.AdvanceAsync(TimeSpan.FromHours(1));
        _post.World.Clock.OpenHolds.Should().ContainSingle().Which.Should().Contain("is held, until you let it go");
        _post.World.Clock.GetUtcNow().Should().Be(before);
        await LetGoAsync(null);
        await advance;
        (await held).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("https://app.local/other", null, false)]
    [InlineData("https://app.local/*", null, true)]
    [InlineData(Url, null, true)]
    [InlineData(null, "voice", false)]
    [InlineData(null, "sms", true)]
    public async Task A_rule_takes_what_it_names(string? url, string? purpose, bool isHeld)
    {
        await HoldAsync(new BreakRule(url, WebhookPurpose.All.SingleOrDefault(p => p.Word == purpose), IsOnce: true));
        var sent = _post.SendAsync(Url);
        if (isHeld) await _post.EntryAsync("webhook.held");
        await HoldAsync(null);
        (await sent).Status.Should().Be(200);
        (await _post.EntriesAsync("webhook.held")).Should().HaveCount(isHeld ? 1 : 0);
    }

    [Fact]
    public async Task What_is_held_goes_on_when_nothing_is_to_be_held_any_more()
    {
        await HoldAsync(new BreakRule(null, null, IsOnce: false));
        var (first, second) = (_post.SendAsync(Url), _post.SendAsync(Url));
        await _post.EntryAsync("webhook.held", 2);
        await HoldAsync(null);
        (await Task.WhenAll(first, second)).Should().OnlyContain(a => a.Status == 200);
        (await LetGoAsync(null)).Should().BeFalse("nothing is held");
    }

    private Task HoldAsync(BreakRule? rule) => _post.World.Loop.RunAsync(() => _post.Letterbox.Breakpoint.Set(rule), default);

    private Task<bool> LetGoAsync(HandAnswer? answer) => _post.World.Loop.RunAsync(
        () => _post.Letterbox.Breakpoint.Held is [var oldest, ..] && _post.Letterbox.Breakpoint.LetGo(oldest, answer), default);
}
