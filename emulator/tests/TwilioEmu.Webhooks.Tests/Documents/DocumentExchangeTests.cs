using TwilioEmu.Testing.Apps;
using TwilioEmu.Twiml.Reading;
using TwilioEmu.Webhooks.Alerts;
using TwilioEmu.Webhooks.Delivery;
using TwilioEmu.Webhooks.Documents;

namespace TwilioEmu.Webhooks.Tests.Documents;

public sealed class DocumentExchangeTests : IAsyncDisposable
{
    private static readonly DocumentRules Strict = new() { Bound = new(2, IsOfAnInstant: true, 11215, AlertLevel.Error, "too many") };

    private readonly FakeApp _app = new(PostOffice.Token);
    private readonly PostOffice _post;

    public DocumentExchangeTests() => _post = PostOffice.Virtual(("app.local", _app));

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    [Theory]
    [InlineData("text/xml", "<Response/>", nameof(TwimlReading.Document))]
    [InlineData("text/plain", "hello", nameof(TwimlReading.PlainText))]
    [InlineData("text/plain", "<Response/>", nameof(TwimlReading.PlainText))]
    [InlineData("audio/wav", "RIFF", nameof(TwimlReading.Audio))]
    [InlineData("text/xml", "", nameof(TwimlReading.Empty))]
    public async Task What_came_is_read(string type, string body, string reading)
    {
        var answer = await AskAsync(Strict, type, body);
        (answer.Fault, answer.Reading!.GetType().Name).Should().Be((null, reading));
    }

    [Fact]
    public async Task Twiml_sent_as_plain_text_is_run_where_the_rules_say_so() =>
        (await AskAsync(Strict with { RunsPlainTwiml = true }, "text/plain", "<Response/>")).Reading
            .Should().BeOfType<TwimlReading.Document>();

    [Theory]
    [InlineData(false, 12100, AlertLevel.Error)]
    [InlineData(true, 12200, AlertLevel.Warning)]
    public async Task Words_without_markup_are_a_fault_or_passed_over(bool passesOver, int code, AlertLevel level)
    {
        var fault = (await AskAsync(Strict with { PassesOverWords = passesOver }, "text/html", "OK")).Fault!;
        (fault.Code, fault.Level, fault.IsPassedOver, fault.IsAlerted).Should().Be((code, level, passesOver, false));
        fault.Message.Should().EndWith("(line 1, column 1)");
    }

    [Fact]
    public async Task A_sound_file_is_refused_where_it_is_no_answer()
    {
        var fault = (await AskAsync(Strict with { SoundRefusal = "is none" }, "audio/wav", "RIFF")).Fault!;
        (fault.Code, fault.Message).Should().Be((12300, "Content-Type audio/wav is none"));
    }

    [Fact]
    public async Task A_page_the_app_redirected_to_is_named()
    {
        _app.On("/login", new AppAnswer(200, "text/html", "<!DOCTYPE html><title>Log in</title>"));
        _app.On("/doc", new AppAnswer(302, "text/plain", "") { Headers = [new("Location", "/login?next=/doc")] });
        var answer = await OnLoopAsync(() => Chain(Strict).AskAsync(PostOffice.Request("https://app.local/doc#rc=0"), default));
        answer.Fault!.Message.Should().EndWith("; the app redirected there: https://app.local/login");
    }

    [Theory]
    [InlineData("https://app.local/doc?a=1#rc=1")]
    [InlineData("https://user:secret@app.local/doc")]
    [InlineData("https://app.local:443/doc")]
    public async Task A_page_that_was_asked_for_is_no_redirect(string url)
    {
        _app.On("/doc", new AppAnswer(200, "text/html", "<!DOCTYPE html><title>Log in</title>"));
        var answer = await OnLoopAsync(() => Chain(Strict).AskAsync(PostOffice.Request(url), default));
        answer.Fault!.Message.Should().NotContain("redirected");
    }

    [Fact]
    public async Task What_the_letterbox_told_of_is_not_told_again()
    {
        var answer = await OnLoopAsync(() => Chain(Strict).AskAsync(PostOffice.Request("https://app.local/nothing"), default));
        (answer.Fault!.Code, answer.Fault.IsAlerted, answer.Reading).Should().Be((11200, true, null));
        (await _post.EntriesAsync("alert")).Should().ContainSingle();
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, null)]
    public async Task A_chain_is_cut_and_one_bound_to_an_instant_begins_anew_when_time_has_passed(bool isOfAnInstant, int? more)
    {
        var chain = Chain(Strict with { Bound = Strict.Bound with { IsOfAnInstant = isOfAnInstant } });
        int CountOn() => Enumerable.Range(0, 10).TakeWhile(_ => chain.Count() is null).Count();
        (await _post.World.Loop.RunAsync(CountOn, default)).Should().Be(2);
        await _post.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        (await _post.World.Loop.RunAsync(CountOn, default)).Should().Be(more ?? 0);
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(999, false)]
    [InlineData(1_000, true)]
    public async Task Where_time_runs_an_answers_own_time_begins_nothing_anew_unless_it_is_a_long_poll(int milliseconds, bool goesOn)
    {
        var chain = Chain(Strict);
        _app.On("/doc", FakeApp.Empty);
        var counted = new List<bool>();
        for (var i = 0; i < 3; i++)
        {
            counted.Add(await _post.World.Loop.RunAsync(() => chain.Count() is null, default));
            await _post.World.Clock.AdvanceAsync(TimeSpan.FromMilliseconds(milliseconds));
            await OnLoopAsync(() => chain.AskAsync(PostOffice.Request("https://app.local/doc"), default));
        }
        counted.Should().Equal(true, true, goesOn);
    }

    [Fact]
    public async Task A_fallback_is_told_the_error_and_does_not_fall_back_on_itself()
    {
        var (first, again, later) = await _post.World.Loop.RunAsync(
            () =>
            {
                var chain = Chain(Strict);
                return (FallBack(chain, WebhookPurpose.Sms), FallBack(chain, WebhookPurpose.Fallback),
                    FallBack(chain, WebhookPurpose.Redirect));
            },
            default);
        (first!.Url, first.Method, first.Purpose).Should().Be(("https://app.local/plan-b", "GET", WebhookPurpose.Fallback));
        first.Extra.Should().Equal(KeyValuePair.Create("ErrorCode", "11200"), KeyValuePair.Create("ErrorUrl", "https://app.local/a"));
        again.Should().BeNull();
        later.Should().NotBeNull("a document that came later failed anew");
    }

    [Fact]
    public async Task Where_the_rules_say_once_there_is_one_fallback_in_a_chain()
    {
        var chain = Chain(Strict with { FallsBackOnce = true });
        var told = await _post.World.Loop.RunAsync(
            () => (FallBack(chain, WebhookPurpose.Sms), FallBack(chain, WebhookPurpose.Redirect)), default);
        (told.Item1 is null, told.Item2 is null).Should().Be((false, true));
    }

    [Theory, InlineData(null), InlineData("")]
    public void No_fallback_url_is_no_fallback(string? url) =>
        Chain(Strict).FallBack(WebhookPurpose.Sms, 11200, "https://app.local/a", url, "POST").Should().BeNull();

    private static DocumentOrder? FallBack(DocumentExchange chain, WebhookPurpose failed) =>
        chain.FallBack(failed, 11200, "https://app.local/a", "https://app.local/plan-b", "GET");

    private DocumentExchange Chain(DocumentRules rules) => new(_post.World, _post.Letterbox, rules);

    private Task<DocumentAnswer> AskAsync(DocumentRules rules, string type, string body)
    {
        _app.On("/doc", new AppAnswer(200, type, body));
        return OnLoopAsync(() => Chain(rules).AskAsync(PostOffice.Request("https://app.local/doc"), default));
    }

    private Task<T> OnLoopAsync<T>(Func<Task<T>> procedure) => _post.World.Loop.RunAsync(procedure, default);
}
