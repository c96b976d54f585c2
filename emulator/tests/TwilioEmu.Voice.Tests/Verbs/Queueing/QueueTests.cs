using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Queues;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Verbs.Queueing;

/// <summary>
/// Source: twilio.com/docs/voice/twiml/enqueue, twilio.com/docs/voice/twiml/queue, twilio.com/docs/voice/twiml/leave; error dictionary
/// 142xx.
/// </summary>
public sealed class QueueTests
{
    private const string Agent = "+14155550177";

    [Fact]
    public async Task A_caller_waits_with_music_and_is_bridged_to_who_takes_the_front()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue action='/after' waitUrl='/wait'>support</Enqueue>");
        house.Twiml("/wait", "<Say>Please hold the line for a moment</Say>");
        house.Twiml("/agent", "<Dial action='/done'><Queue>support</Queue></Dial>");
        house.Behave(Agent, new() { Script = [Waits(1), Says("Hello, how can I help you"), Waits(5), HangsUp] });
        var caller = await house.DialAsync(Hears("how can I help"), Says("My phone is broken"), Waits(60));
        await house.AdvanceAsync(10);
        var agent = await house.CreateAsync(("To", Agent), ("Url", "http://app/agent"));
        await house.AdvanceAsync(60);
        (await house.StoryAsync(caller)).Should().Contain(l => l.EndsWith("heard Hello, how can I help you"));
        (await house.StoryAsync(agent)).Should().Contain(l => l.EndsWith("heard My phone is broken"));
        var queue = await QueueAsync(house);
        house.Asked("/after", "QueueResult", "QueueSid", "QueueTime").Single().Should().EndWith($"bridged {queue.Sid} 12");
        house.Asked("/done", "DialCallStatus", "DialCallSid", "DialBridged", "QueueSid", "QueueTime", "DequeingCallSid").Single()
            .Should().EndWith($"completed {caller} true {queue.Sid} 12 {agent}");
    }

    /// <summary>Source: twilio.com/docs/voice/twiml/dial#hangupOnStar.</summary>
    [Fact]
    public async Task Who_waits_for_a_call_to_take_gives_up_with_a_star_and_takes_none_that_comes_later()
    {
        await using var house = await BuildAsync();
        await house.PostAsync("CreateQueue", ("FriendlyName", "support"));
        house.Twiml("/voice", "<Dial hangupOnStar='true' action='/done'><Queue>support</Queue></Dial>");
        house.Twiml("/waits", "<Enqueue waitUrl=''>support</Enqueue>");
        await house.DialAsync(Hears("ringback"), Waits(3), Presses("*"), Waits(20));
        await house.AdvanceAsync(8);
        await house.CreateAsync(("To", Agent), ("Url", "http://app/waits"));
        await house.AdvanceAsync(5);
        house.Asked("/done", "DialCallStatus", "DialBridged", "QueueSid")
            .Should().ContainSingle().Which.Should().EndWith("canceled false -");
        (await house.EntriesAsync(e => e.Kind is "call.enqueued" or "call.dequeued")).Select(e => e.Kind).Should().Equal("call.enqueued");
    }

    [Fact]
    public async Task Who_waits_for_a_call_waits_on_when_the_one_it_was_promised_is_gone()
    {
        await using var house = await BuildAsync(callsPerSecond: 10);
        await house.PostAsync("CreateQueue", ("FriendlyName", "support"));
        house.Twiml("/agent", "<Dial action='/done' timeout='60'><Queue>support</Queue></Dial>");
        house.Twiml("/voice", "<Enqueue waitUrl=''>support</Enqueue>");
        house.Behave(Agent, new() { Script = [Waits(300)] });
        var agent = await house.CreateAsync(("To", Agent), ("Url", "http://app/agent"));
        await house.AdvanceAsync(5);
        var queue = await QueueAsync(house);
        var book = house.Voice.Services.Queues;
        // A call that is in and out again in one instant: it was promised, and REST took it.
        await house.Do(() =>
        {
            var ghost = new QueueMember(house.World.Loop, queue, "CA1", Phone, null!, null!, house.World.Clock.GetUtcNow());
            book.Join(ghost, 0);
            book.Remove(ghost);
        });
        await house.AdvanceAsync(5);
        house.Asked("/done", "DialCallStatus").Should().BeEmpty("the agent waits on");
        var caller = await house.DialAsync(Waits(5), HangsUp);
        await house.AdvanceAsync(20);
        house.Asked("/done", "DialCallStatus", "DialCallSid", "DialBridged")
            .Should().ContainSingle().Which.Should().EndWith($"completed {caller} true");
        (await house.StoryAsync(agent)).Should().Contain(l => l.EndsWith("bridged"));
    }

    [Fact]
    public async Task Who_came_first_is_given_the_call_that_comes_though_another_asks_in_the_same_instant()
    {
        await using var house = await BuildAsync();
        var book = house.Voice.Services.Queues;
        var (taken, order) = (new List<string>(), new List<string>());
        await house.Do(() =>
        {
            var queue = book.Create(Account, "support", 10, 0);
            QueueMember Member(string sid) => new(house.World.Loop, queue, sid, Phone, null!, null!, house.World.Clock.GetUtcNow());
            async Task TakeAsync(string who)
            {
                var got = await book.TakeAsync(queue, new QueueTaker(who, null, "POST"), TimeSpan.FromSeconds(30), 0, default);
                taken.Add($"{who} {got?.CallSid ?? "nobody"}");
            }

            house.World.Loop.Start(() => TakeAsync("first"));
            house.World.Loop.Post(() => book.Join(Member("CA1"), 0));
            house.World.Loop.Start(() => TakeAsync("second"));
            house.World.Loop.Post(() => book.Join(Member("CA2"), 0));
        });
        await house.AdvanceAsync(60);
        taken.Should().BeEquivalentTo("first CA1", "second CA2");
    }

    /// <summary>Who gives up in the very instant in which a call is promised to it leaves the call to the next.</summary>
    [Fact]
    public async Task A_call_that_was_promised_to_who_gave_up_goes_to_the_next_who_waits()
    {
        await using var house = await BuildAsync();
        var book = house.Voice.Services.Queues;
        var taken = new List<string>();
        using var givingUp = new CancellationTokenSource();
        await house.Do(() =>
        {
            var queue = book.Create(Account, "support", 10, 0);
            async Task TakeAsync(string who, CancellationToken cancellation)
            {
                var got = await book.TakeAsync(queue, new QueueTaker(who, null, "POST"), TimeSpan.FromSeconds(30), 0, cancellation);
                taken.Add($"{who} {got?.CallSid ?? "nobody"}");
            }

            house.World.Loop.Start(() => TakeAsync("first", givingUp.Token));
            house.World.Loop.Start(() => TakeAsync("second", default));
            house.World.Loop.Post(() =>
            {
                book.Join(new(house.World.Loop, queue, "CA1", Phone, null!, null!, house.World.Clock.GetUtcNow()), 0);
                givingUp.Cancel();
            });
        });
        await house.AdvanceAsync(5);
        taken.Should().Equal("second CA1");
    }

    [Fact]
    public async Task The_waiting_document_is_asked_for_again_with_position_and_times()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue waitUrl='/wait'>support</Enqueue>");
        house.Twiml("/wait", "<Pause length='10'/>");
        await house.DialAsync(Waits(300));
        await house.AdvanceAsync(5);
        var second = await house.DialAsync(Waits(300));
        await house.AdvanceAsync(12);
        house.Requests.Where(r => r.Path == "/wait" && r.Parameters["CallSid"] == second)
            .Select(r => string.Join(
                ' ', ((string[])["QueuePosition", "QueueTime", "AvgQueueTime", "CurrentQueueSize", "MaxQueueSize"])
                    .Select(n => r.Parameters[n])))
            .Should().Equal("2 0 2 2 1000", "2 10 12 2 1000");
    }

    [Theory]
    [InlineData("<Leave/>", "leave")]
    [InlineData("<Hangup/>", "hangup")]
    [InlineData("<Dial>+14155550188</Dial>", "error")]
    [InlineData("<Gather numDigits='1' action='/picked'><Say>Press one to leave</Say></Gather>", "leave")]
    public async Task What_the_waiting_document_does_is_the_result(string verbs, string result)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue action='/after' waitUrl='/wait'>support</Enqueue>");
        house.Twiml("/wait", verbs);
        house.Twiml("/picked", "<Leave/>");
        await house.DialAsync(Waits(2), Presses("1"), Waits(60));
        await house.AdvanceAsync(90);
        house.Asked("/after", "QueueResult").Single().Should().EndWith(result);
    }

    [Fact]
    public async Task After_a_leave_without_action_the_next_verb_runs()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue waitUrl='/wait'>support</Enqueue><Say>Nobody has time</Say>");
        house.Twiml("/wait", "<Leave/>");
        var sid = await house.DialAsync();
        await house.AdvanceAsync(20);
        (await house.StoryAsync(sid)).Should().Contain(l => l.EndsWith("heard Nobody has time"));
    }

    [Fact]
    public async Task A_caller_who_hangs_up_in_the_queue_leaves_it_and_the_action_is_asked_for()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue action='/after' waitUrl=''>support</Enqueue>");
        await house.DialAsync(Waits(1), Says("Oh no"), HangsUp);
        await house.AdvanceAsync(20);
        house.Asked("/after", "QueueResult", "CallStatus").Single().Should().EndWith("hangup completed");
        (await house.World.Loop.RunAsync(() => house.Voice.Services.Queues.MembersOf(QueueOf(house).Sid).Count, default)).Should().Be(0);
    }

    [Fact]
    public async Task A_call_that_rest_sends_elsewhere_is_redirected_from_its_queue()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue action='/after' waitUrl=''>support</Enqueue>");
        house.Twiml("/else", "<Say>Somewhere else</Say>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(5);
        await house.AskAsync("UpdateCall", sid, ("Url", "http://app/else"));
        await house.AdvanceAsync(10);
        house.Asked("/after", "QueueResult").Single().Should().EndWith("redirected");
        (await house.StoryAsync(sid)).Should().Contain(l => l.EndsWith("heard Somewhere else"));
    }

    [Fact]
    public async Task A_call_sent_elsewhere_out_of_its_bridge_says_so()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue action='/after' waitUrl=''>support</Enqueue>");
        house.Twiml("/agent", "<Dial><Queue>support</Queue></Dial><Say>They are gone</Say>");
        var sid = await house.DialAsync(Waits(60));
        var agent = await house.CreateAsync(("To", Agent), ("Url", "http://app/agent"));
        await house.AdvanceAsync(5);
        await house.AskAsync("UpdateCall", sid, ("Twiml", "<Response><Say>Goodbye</Say></Response>"));
        await house.AdvanceAsync(10);
        house.Asked("/after", "QueueResult").Single().Should().EndWith("redirected-from-bridged");
        (await house.StoryAsync(agent)).Should().Contain(l => l.EndsWith("heard They are gone"));
    }

    [Fact]
    public async Task A_full_queue_takes_nobody()
    {
        await using var house = await BuildAsync();
        await house.PostAsync("CreateQueue", ("FriendlyName", "small"), ("MaxSize", "1"));
        house.Twiml("/voice", "<Enqueue action='/after' waitUrl=''>small</Enqueue>");
        await house.DialAsync(Waits(60));
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(5);
        house.Asked("/after", "QueueResult", "QueueSid").Single().Should().EndWith("queue-full -");
        (await house.AlertsAsync()).Should().Equal("14207");
    }

    [Theory]
    [InlineData("<Enqueue action='/after'/>", "14204")]
    [InlineData("<Enqueue action='/after' method='PUT'>q</Enqueue>", "14201")]
    [InlineData("<Enqueue action='/after' waitUrlMethod='PUT'>q</Enqueue>", "14206")]
    [InlineData("<Enqueue action='/after' waitUrl='ftp://x'>q</Enqueue>", "14202")]
    [InlineData("<Enqueue action='/after'>12345678901234567890123456789012345678901234567890123456789012345</Enqueue>", "14205")]
    public async Task A_bad_enqueue_is_an_error_and_its_result(string verb, string code)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", verb);
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(5);
        (await house.AlertsAsync()).Should().Equal(code);
        house.Asked("/after", "QueueResult", "QueueSid").Single().Should().EndWith("error -");
    }

    [Theory]
    [InlineData("<Dial action='/done'><Queue>nothing</Queue></Dial>", "failed", "")]
    [InlineData("<Dial action='/done' timeout='5'><Queue>empty</Queue></Dial>", "no-answer", "")]
    [InlineData("<Dial action='/done'><Queue method='PUT'>empty</Queue></Dial>", "failed", "14210")]
    [InlineData("<Dial action='/done'><Queue url='ftp://x'>empty</Queue></Dial>", "failed", "14211")]
    [InlineData("<Dial action='/done'><Queue/></Dial>", "failed", "14212")]
    public async Task A_dial_that_finds_nobody_in_the_queue_says_so(string verb, string status, string code)
    {
        await using var house = await BuildAsync();
        await house.PostAsync("CreateQueue", ("FriendlyName", "empty"));
        house.Twiml("/voice", verb);
        await house.DialAsync(Waits(60));
        await house.AdvanceAsync(30);
        house.Asked("/done", "DialCallStatus", "DialBridged").Single().Should().EndWith($"{status} false");
        (await house.AlertsAsync()).Should().Equal(code.Length == 0 ? [] : [code]);
    }

    [Fact]
    public async Task Whoever_waits_for_a_caller_gets_the_first_that_comes()
    {
        await using var house = await BuildAsync();
        await house.PostAsync("CreateQueue", ("FriendlyName", "support"));
        house.Twiml("/agent", "<Dial timeout='30'><Queue>support</Queue></Dial>");
        house.Twiml("/voice", "<Enqueue waitUrl='/wait'>support</Enqueue>");
        var agent = await house.CreateAsync(("To", Agent), ("Url", "http://app/agent"));
        await house.AdvanceAsync(10);
        var caller = await house.DialAsync(Waits(1), Says("Anybody there"), Waits(5), HangsUp);
        await house.AdvanceAsync(30);
        (await house.StoryAsync(agent)).Should().Contain(l => l.EndsWith("heard Anybody there"));
        (await house.CallAsync(caller)).Status.Should().Be(CallStatus.Completed);
    }

    [Fact]
    public async Task The_waiting_caller_hears_the_takers_document_before_the_bridge()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue waitUrl=''>support</Enqueue>");
        house.Twiml("/agent", "<Dial><Queue url='/about-to-connect'>support</Queue></Dial>");
        house.Twiml("/about-to-connect", "<Say>You will now be connected to an agent</Say>");
        var caller = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(3);
        var agent = await house.CreateAsync(("To", Agent), ("Url", "http://app/agent"));
        await house.AdvanceAsync(20);
        house.Asked("/about-to-connect", "CallSid", "DequeingCallSid", "QueueTime").Single().Should().EndWith($"{caller} {agent} 5");
        var story = await house.StoryAsync(caller);
        story.FindIndex(l => l.Contains("You will now be connected"))
            .Should().BePositive().And.BeLessThan(story.FindIndex(l => l.Contains("bridged")));
    }

    [Fact]
    public async Task A_caller_whose_taker_hangs_up_during_the_takers_document_was_not_bridged_and_hears_no_more_of_it()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue action='/after' waitUrl=''>support</Enqueue>");
        house.Twiml("/after", "<Say>Sorry, nobody is there</Say>");
        house.Twiml("/agent", "<Dial><Queue url='/whisper'>support</Queue></Dial>");
        house.Twiml("/whisper", "<Say>You will be connected to the next agent that there is in this house</Say>");
        house.Behave(Agent, new() { Script = [Waits(2), HangsUp] });
        var caller = await house.DialAsync(Hears("nobody is there"), HangsUp);
        await house.AdvanceAsync(10);
        await house.CreateAsync(("To", Agent), ("Url", "http://app/agent"));
        await house.AdvanceAsync(60);
        house.Asked("/after", "QueueResult", "QueueTime").Single().Should().EndWith("bridging-in-process 12");
        var story = await house.StoryAsync(caller);
        story.Should().Contain(l => l.EndsWith("heard Sorry, nobody is there")).And.NotContain(l => l.EndsWith("bridged"));
    }

    [Fact]
    public async Task The_front_is_who_came_first_and_those_behind_move_up()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue waitUrl=''>support</Enqueue>");
        house.Twiml("/agent", "<Dial><Queue>support</Queue></Dial>");
        var first = await house.DialAsync(Waits(60));
        var second = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(1);
        await house.CreateAsync(("To", Agent), ("Url", "http://app/agent"));
        await house.AdvanceAsync(5);
        (await house.World.Loop.RunAsync(
            () => house.Voice.Services.Queues.MembersOf(QueueOf(house).Sid).Select(m => m.CallSid).ToList(), default))
                .Should().Equal(second);
        (await house.StoryAsync(first)).Should().Contain(l => l.Contains("bridged"));
    }

    [Fact]
    public async Task A_taskrouter_workflow_is_told_to_be_missing()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Enqueue workflowSid='WW1'><Task>{}</Task></Enqueue><Say>Never</Say>");
        var sid = await house.DialAsync(Waits(60));
        await house.AdvanceAsync(20);
        (await house.EntriesAsync(e => e.Kind == "not_emulated")).Should().ContainSingle();
        (await house.StoryAsync(sid)).Should().NotContain(l => l.Contains("Never"));
    }

    private static Queue QueueOf(TwilioEmu.Testing.Houses.VoiceHouse house) =>
        house.Voice.Services.Queues.Records(Account).OldestFirst().Single();

    private static Task<Queue> QueueAsync(TwilioEmu.Testing.Houses.VoiceHouse house) =>
        house.World.Loop.RunAsync(() => QueueOf(house), default);
}
