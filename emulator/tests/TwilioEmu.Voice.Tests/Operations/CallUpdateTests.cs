using TwilioEmu.Carrier.Handsets;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using static TwilioEmu.Testing.Houses.VoiceHouse;

namespace TwilioEmu.Voice.Tests.Operations;

public sealed class CallUpdateTests
{
    /// <summary>
    /// The table of twilio.com/docs/voice/api/call-resource, row by row. The instants: queued at 0, ringing at 1, in progress at 3,
    /// finished at 60.
    /// </summary>
    [Theory]
    [InlineData("queued", "canceled", "canceled")]
    [InlineData("queued", "completed", "canceled")]
    [InlineData("queued", "redirect", "21220")]
    [InlineData("ringing", "canceled", "canceled")]
    [InlineData("ringing", "completed", "canceled")]
    [InlineData("ringing", "redirect", "21220")]
    [InlineData("in-progress", "canceled", "in-progress")]
    [InlineData("in-progress", "completed", "completed")]
    [InlineData("in-progress", "redirect", "in-progress")]
    [InlineData("completed", "canceled", "21220")]
    [InlineData("completed", "completed", "21220")]
    [InlineData("completed", "redirect", "21220")]
    public async Task Each_state_takes_an_order_in_its_way(string state, string order, string outcome)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='30'/>");
        if (state == "queued") await house.CreateAsync(("To", Friend));
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(state switch { "queued" => 0.5, "ringing" => 1, "in-progress" => 3, _ => 60 });
        (await house.CallAsync(sid)).Status.Word().Should().Be(state);

        var answer = await house.AskAsync("UpdateCall", sid, order == "redirect" ? ("Url", "http://app/other") : ("Status", order));

        if (outcome == "21220") answer.Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(21220);
        else ((Call)answer.Should().BeOfType<Answer.Resource>().Which.Face).Status.Word().Should().Be(outcome);
    }

    /// <summary>As target/goalert asks how its calls ended: a POST without a body.</summary>
    [Theory, InlineData(0.5, "queued"), InlineData(1, "ringing"), InlineData(3, "in-progress"), InlineData(60, "completed")]
    public async Task An_update_that_asks_for_nothing_shows_the_call_whatever_its_state(double after, string state)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='30'/>");
        if (state == "queued") await house.CreateAsync(("To", Friend));
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(after);
        ((Call)(await house.AskAsync("UpdateCall", sid)).Should().BeOfType<Answer.Resource>().Which.Face).Status.Word().Should().Be(state);
    }

    [Fact]
    public async Task A_call_in_progress_goes_to_the_new_document_at_once()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Say>one two three four five six seven eight</Say><Say>Never</Say>");
        house.Twiml("/other", "<Say>Now here</Say>");
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(3);
        await house.AskAsync("UpdateCall", sid, ("Url", "http://app/other"), ("Method", "GET"));
        await house.AdvanceAsync(30);
        (await house.StoryAsync(sid)).Skip(4).Should().Equal(
            "2.2 heard one two three four five six seven eight", "3.0 redirected", "3.0 cut_short one two three four five six seven eight",
            "3.0 heard Now here", "3.496 completed");
    }

    [Theory]
    [InlineData("Url", "Twiml", "32019", "heard From the URL")]
    [InlineData("Url", "Status", "", "completed")]
    [InlineData("Twiml", "Status", "", "completed")]
    public async Task Of_several_orders_one_is_carried_out_and_the_others_are_told_of(string one, string other, string code, string outcome)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='30'/>");
        house.Twiml("/other", "<Say>From the URL</Say><Pause length='5'/>");
        var orders = new Dictionary<string,
        string>
        { ["Url"] = "http://app/other", ["Twiml"] = "<Response><Say>Given</Say></Response>", ["Status"] = "completed" };
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(3);
        (await house.AskAsync("UpdateCall", sid, (one, orders[one]), (other, orders[other]))).Should().BeOfType<Answer.Resource>();
        await house.AdvanceAsync(1);
        (await house.AlertsAsync()).Should().Equal(code.Length == 0 ? [] : [code]);
        if (code.Length == 0)
        {
            (await house.EntriesAsync(e => e.Kind == "warning")).Should().ContainSingle().Which.ToJson().Should().Contain($"[\"{one}\"]");
        }
        (await house.StoryAsync(sid)).Should().Contain(l => l.EndsWith(outcome)).And.NotContain(l => l.EndsWith("heard Given"));
    }

    [Fact]
    public async Task It_may_be_given_a_document_inline()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='30'/>");
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(3);
        await house.AskAsync("UpdateCall", sid, ("Twiml", "<Response><Say>Now here</Say></Response>"));
        await house.AdvanceAsync(30);
        (await house.StoryAsync(sid)).Should().Contain("3.0 heard Now here");
    }

    [Fact]
    public async Task A_cancelled_ring_stops_the_phone_and_is_told()
    {
        await using var house = await BuildAsync();
        house.Behave(Phone, new HandsetBehaviour { PickUp = PickUp.NoAnswer });
        var sid = await house.CreateAsync(("StatusCallback", "http://app/status"));
        await house.AdvanceAsync(1);
        await house.AskAsync("UpdateCall", sid, ("Status", "canceled"));
        await house.AdvanceAsync(1);
        house.Asked("/status", "CallStatus", "SipResponseCode").Should().Equal("1.0 canceled 487");
        (await house.World.Loop.RunAsync(() => house.Phones.LegsOf(sid).Count, default)).Should().Be(0);
    }

    [Fact]
    public async Task Callbacks_may_be_changed_with_the_document_and_the_time_limit_without()
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='100'/>");
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(3);
        await house.AskAsync("UpdateCall", sid, ("StatusCallback", "http://app/new"), ("Url", "http://app/voice"));
        await house.AskAsync("UpdateCall", sid, ("TimeLimit", "20"));
        await house.AdvanceAsync(60);
        house.Asked("/new", "CallStatus").Should().Equal("22.2 completed");
    }

    /// <summary>Source: the warning of twilio.com/docs/voice/api/call-resource; twilio-python#884. FallbackUrl: inferred.</summary>
    [Theory, InlineData("StatusCallback"), InlineData("FallbackUrl")]
    public async Task Another_callback_without_a_document_is_taken_changes_nothing_and_is_warned_of(string name)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='5'/><Redirect>/broken</Redirect>");
        house.Page("/broken", _ => new(500, "text/html", ""));
        var sid = await house.CreateAsync(("StatusCallback", "http://app/old"));
        await house.AdvanceAsync(3);
        (await house.AskAsync("UpdateCall", sid, (name, "http://app/new"))).Should().BeOfType<Answer.Resource>();
        (await house.EntriesAsync(e => e.Kind == "warning")).Should().ContainSingle().Which.ToJson().Should().Contain(name);
        await house.AdvanceAsync(60);
        house.Asked("/new").Should().BeEmpty();
        house.Asked("/old", "CallStatus").Should().ContainSingle();
    }

    [Theory]
    [InlineData("Status", "paused", 20001)]
    [InlineData("Url", "x", 21205)]
    [InlineData("Method", "PUT", 21209)]
    public async Task Bad_input_is_refused_and_changes_nothing(string name, string value, int code)
    {
        await using var house = await BuildAsync();
        house.Twiml("/voice", "<Pause length='30'/>");
        var sid = await house.CreateAsync();
        await house.AdvanceAsync(3);
        (await house.AskAsync("UpdateCall", sid, (name, value))).Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(code);
        (await house.CallAsync(sid)).Status.Should().Be(CallStatus.InProgress);
    }

    [Fact]
    public async Task An_unknown_call_is_not_found()
    {
        await using var house = await BuildAsync();
        (await house.AskAsync("UpdateCall", "CA0", ("Status", "completed")))
            .Should().BeOfType<Answer.Refusal>().Which.Error.Code.Should().Be(20404);
    }
}
