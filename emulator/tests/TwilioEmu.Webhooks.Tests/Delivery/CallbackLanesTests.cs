using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Time;
using TwilioEmu.Testing.Apps;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Tests.Delivery;

public sealed class CallbackLanesTests : IAsyncDisposable
{
    private readonly FakeApp _app = new(PostOffice.Token);
    private readonly PostOffice _post;
    private readonly CallbackLanes _lanes;

    public CallbackLanesTests()
    {
        _post = PostOffice.Virtual(("app.local", _app));
        _lanes = new CallbackLanes(_post.World, _post.Letterbox);
        _app.On("/quick", FakeApp.Empty);
        _app.On("/slow", async (_, cancellation) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(3), _post.World.Clock, cancellation);
            return FakeApp.Empty;
        });
    }

    public ValueTask DisposeAsync() => _post.DisposeAsync();

    [Fact]
    public async Task One_subject_waits_for_its_answers_and_another_does_not()
    {
        await EnqueueAsync(("SM1", "slow", "1"), ("SM1", "quick", "2"), ("SM2", "quick", "3"));
        await _post.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        _app.Requests.Select(r => r["N"]).Should().Equal("1", "3", "2");
    }

    [Fact]
    public async Task Answers_are_told_in_order_at_their_instants()
    {
        var told = new List<string>();
        await _post.World.Loop.RunAsync(
            () =>
            {
                for (var i = 1; i <= 3; i++)
                {
                    var n = i;
                    _lanes.Enqueue("SM1", Request("slow", $"{n}"), answer => told.Add($"{n} {answer.Status} {Now:0}"));
                }
            },
            CancellationToken.None);
        await _post.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        told.Should().Equal("1 200 3", "2 200 6", "3 200 9");
    }

    [Fact]
    public async Task A_lane_with_nothing_to_send_is_gone()
    {
        await EnqueueAsync(("SM1", "slow", "1"), ("SM2", "quick", "2"));
        await _post.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
        _lanes.Count.Should().Be(0);
    }

    [Fact]
    public async Task A_listener_that_throws_stops_nothing()
    {
        await _post.World.Loop.RunAsync(
            () =>
            {
                _lanes.Enqueue("SM1", Request("quick", "1"), _ => throw new InvalidOperationException("bug"));
                _lanes.Enqueue("SM1", Request("quick", "2"));
            },
            CancellationToken.None);
        await _post.World.Clock.AdvanceAsync(TimeSpan.Zero);
        _app.Requests.Should().HaveCount(2);
        (await _post.EntriesAsync("fault")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_fault_in_one_callback_is_told_and_those_behind_it_leave()
    {
        var lanes = new CallbackLanes(_post.World, new JammedLetterbox(_post.Letterbox, "1"));
        var request = Request("quick", "1");
        await _post.World.Loop.RunAsync(
            () =>
            {
                lanes.Enqueue("SM1", request);
                lanes.Enqueue("SM1", Request("quick", "2"));
                lanes.Enqueue("SM1", Request("quick", "3"));
            },
            CancellationToken.None);
        await _post.World.Clock.AdvanceAsync(TimeSpan.Zero);
        _app.Requests.Select(r => r["N"]).Should().Equal("2", "3");
        var fault = (await _post.EntriesAsync("fault")).Should().ContainSingle().Subject;
        (fault.GetProperty("subject").GetString(), fault.GetProperty("data").GetProperty("message").GetString())
            .Should().Be((request.Url, "a bug of ours"));
        lanes.Count.Should().Be(0);
    }

    [Fact]
    public async Task Where_order_is_no_matter_virtual_time_keeps_it_all_the_same()
    {
        var loose = new CallbackLanes(_post.World, _post.Letterbox, isOrdered: false);
        await _post.World.Loop.RunAsync(
            () => { loose.Enqueue("SM1", Request("slow", "1")); loose.Enqueue("SM1", Request("quick", "2")); }, CancellationToken.None);
        await _post.World.Clock.AdvanceAsync(TimeSpan.FromSeconds(10));
        _app.Requests.Select(r => r["N"]).Should().Equal("1", "2");
    }

    [Theory]
    [InlineData(false, "2")]
    [InlineData(true, "1")]
    public async Task In_real_time_callbacks_overtake_each_other_unless_they_are_to_be_ordered(bool isOrdered, string answeredFirst)
    {
        var app = new FakeApp(PostOffice.Token);
        await using var post = PostOffice.Open(
            new ClockMode.Real(),
            new() { TokenOf = static _ => PostOffice.Token, Apps = new Dictionary<string, IApp> { ["app.local"] = app } });
        var (first, seen) =
            (new TaskCompletionSource<string>(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        // Where they overlap, the first is answered when the second has come.
        app.On("/slow", async (_, cancellation) =>
        {
            if (!isOrdered) await seen.Task.WaitAsync(cancellation);
            return FakeApp.Empty;
        });
        app.On("/quick", (_, _) =>
        {
            seen.TrySetResult();
            return Task.FromResult(FakeApp.Empty);
        });
        var lanes = new CallbackLanes(post.World, post.Letterbox, isOrdered);
        await post.World.Loop.RunAsync(
            () =>
            {
                lanes.Enqueue("SM1", Request("slow", "1"), _ => first.TrySetResult("1"));
                lanes.Enqueue("SM1", Request("quick", "2"), _ => first.TrySetResult("2"));
            },
            CancellationToken.None);
        (await first.Task).Should().Be(answeredFirst);
    }

    private double Now => (_post.World.Clock.GetUtcNow() - WorldOptions.StoryStart).TotalSeconds;

    private static WebhookRequest Request(string path, string n) =>
        PostOffice.Request("https://app.local/" + path, "POST", ("N", n)) with { Purpose = WebhookPurpose.StatusCallback };

    private Task EnqueueAsync(params (string Key, string Path, string N)[] callbacks) => _post.World.Loop.RunAsync(
        () =>
        {
            foreach (var (key, path, n) in callbacks) _lanes.Enqueue(key, Request(path, n));
        },
        CancellationToken.None);

    /// <summary>A letterbox with a fault of ours: it throws for one request.</summary>
    private sealed class JammedLetterbox(ILetterbox letterbox, string n) : ILetterbox
    {
        public Task<WebhookAnswer> SendAsync(WebhookRequest request, CancellationToken cancellation) => request.Parameters[0].Value == n
            ? throw new InvalidOperationException("a bug of ours")
            : letterbox.SendAsync(request, cancellation);
    }
}
