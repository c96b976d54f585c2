using TwilioEmu.Console.Control;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Kernel.Journal;
using TwilioEmu.Kernel.Time;

namespace TwilioEmu.Console.Tests.Control;

public sealed class WholeConversationTests
{
    private static readonly AccountSid Account = new("AC00000000000000000000000000000001");

    [Fact]
    public async Task Both_legs_and_all_that_belongs_to_them_are_told_in_order_and_nothing_else()
    {
        await using var world = new World(new WorldOptions { Clock = new ClockMode.Manual() });
        await world.Loop.RunAsync(
            () =>
            {
                void Write(string kind, string subject, params (string, object?)[] facts) =>
                    world.Journal.Write(Account, new EntryKind(kind, "", [.. facts.Select(f => f.Item1)]), subject, 0, facts);
                Write("call.ringing", "CA1", ("status", "ringing"));
                Write("webhook.sent", "CA1", ("url", "http://app/voice"));
                Write("call.ringing", "CA9", ("status", "ringing"));
                Write("call.queued", "CA2", ("status", "queued"), ("parent_call_sid", "CA1"));
                Write("handset.ringing", "+14155550188", ("call_sid", "CA2"));
                Write("call.bridged", "CA2", ("with", "CA1"));
                Write("call.said", "CA2", ("words", "hello"));
                Write("handset.answered", "+14155550177", ("call_sid", "CA9"));
                Write("request", "/2010-04-01/Accounts/AC1/Calls/CA2.json", ("method", "POST"));
                Write("alert", "CA1", ("code", 12200));
                Write("call.completed", "CA2", ("status", "completed"), ("ended_by", "party"));
            },
            default);
        var whole = WholeConversation.Of(world.Journal, "CA1");
        whole!.Calls.Should().BeEquivalentTo("CA1", "CA2");
        whole.Lines.Select(l => $"{l.Kind} {l.Subject}").Should().Equal(
            "call.ringing CA1", "webhook.sent CA1", "call.queued CA2", "handset.ringing +14155550188", "call.bridged CA2", "call.said CA2",
            "request /2010-04-01/Accounts/AC1/Calls/CA2.json", "alert CA1", "call.completed CA2");
        // From the other end it is the same conversation.
        WholeConversation.Of(world.Journal, "CA2")!.Lines.Should().HaveCount(9);
        WholeConversation.Of(world.Journal, "CA3").Should().BeNull();
    }
}
