using TwilioEmu.Kernel;

namespace TwilioEmu.Carrier.Switching;

/// <summary>The line of an emulator number: a text from one number to another comes in at the other end at once.</summary>
internal sealed class NumberLine(World world, IInboundTexts texts) : IMessageLine
{
    /// <inheritdoc/>
    public void Submit(TextMessage message, IReceipts receipts)
    {
        receipts.Accepted(message);
        Resume(message, receipts, world.Clock.GetUtcNow());
    }

    /// <inheritdoc/>
    public void Resume(TextMessage message, IReceipts receipts, DateTimeOffset accepted)
    {
        // In a turn of its own: the receiving app's webhook must not run inside the sender's.
        world.Clock.CreateTimer(
            static state =>
            {
                var (inbound, text, mailbox) = ((IInboundTexts, TextMessage, IReceipts))state!;
                inbound.Receive(text);
                mailbox.Delivered(text);
            },
            (texts, message, receipts), TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
