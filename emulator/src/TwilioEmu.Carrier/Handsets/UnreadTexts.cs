using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>What came to a phone on channels with read receipts, until its owner has read it.</summary>
/// <remarks>Loop-confined. Bounded as a phone's memory is: the oldest stay unread.</remarks>
internal sealed class UnreadTexts(World world, string number)
{
    private List<(TextMessage Text, IReceipts Receipts)>? _texts;

    /// <summary>A text arrived; it is read after a while, or when the chat is opened.</summary>
    public void Add(TextMessage text, IReceipts receipts, TimeSpan? reads)
    {
        _texts ??= [];
        if (_texts.Count == Handset.MaxTexts) _texts.RemoveAt(0);
        _texts.Add((text, receipts));
        if (reads is not { } after) return;
        world.Clock.CreateTimer(
            "message.read",
            static state =>
            {
                var (unread, text) = ((UnreadTexts, TextMessage))state!;
                unread.Read(t => ReferenceEquals(t, text));
            },
            (this, text), after, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The chat with a sender is opened.</summary>
    public void Open(string sender) => Read(t => t.From == sender);

    private void Read(Predicate<TextMessage> which)
    {
        if (_texts is null) return;
        foreach (var entry in _texts.FindAll(e => which(e.Text)))
        {
            _texts.Remove(entry);
            var read = world.Journal.Write(
                entry.Text.Account, HandsetEntries.Read, number, entry.Text.Cause, ("message_sid", entry.Text.Subject),
                ("from", entry.Text.From));
            entry.Receipts.Read(entry.Text with { Cause = read.Seq });
        }
    }
}
