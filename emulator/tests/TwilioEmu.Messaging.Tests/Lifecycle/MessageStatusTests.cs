using TwilioEmu.Messaging.Lifecycle;

namespace TwilioEmu.Messaging.Tests.Lifecycle;

public sealed class MessageStatusTests
{
    private static readonly (MessageStatus From, MessageStatus To)[] Allowed =
    [
        (MessageStatus.Accepted, MessageStatus.Queued),
        (MessageStatus.Accepted, MessageStatus.Failed),
        (MessageStatus.Scheduled, MessageStatus.Queued),
        (MessageStatus.Scheduled, MessageStatus.Canceled),
        (MessageStatus.Scheduled, MessageStatus.Failed),
        (MessageStatus.Queued, MessageStatus.Sending),
        (MessageStatus.Queued, MessageStatus.Failed),
        (MessageStatus.Sending, MessageStatus.Sent),
        (MessageStatus.Sending, MessageStatus.Failed),
        (MessageStatus.Sent, MessageStatus.Delivered),
        (MessageStatus.Sent, MessageStatus.Undelivered),
        (MessageStatus.Delivered, MessageStatus.Read),
        (MessageStatus.Receiving, MessageStatus.Received),
    ];

    [Fact]
    public void Only_the_changes_of_the_table_are_allowed()
    {
        var all = Enum.GetValues<MessageStatus>();
        var allowed = from f in all from t in all where f.CanBecome(t) select (f, t);
        allowed.Should().BeEquivalentTo(Allowed);
    }

    [Fact]
    public void A_final_status_becomes_nothing_but_read() =>
        Enum.GetValues<MessageStatus>().Where(s => s.IsFinal())
            .SelectMany(f => Enum.GetValues<MessageStatus>().Where(t => f.CanBecome(t)))
            .Should().Equal(MessageStatus.Read);

    [Fact]
    public void Every_status_has_a_wire_name_and_a_journal_kind()
    {
        foreach (var status in Enum.GetValues<MessageStatus>()) status.Kind().Name.Should().Be("message." + status.Wire());
    }
}
