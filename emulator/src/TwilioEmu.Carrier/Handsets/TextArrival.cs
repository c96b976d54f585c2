using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>The way of a text from the carrier to a phone, as the phone's behaviour has it.</summary>
/// <remarks>Loop-confined. Which phone it is is asked when it is there.</remarks>
/// <param name="world">Its clock.</param>
/// <param name="arrive">Told of a text that is there, with its receipts, and how it came.</param>
internal sealed class TextArrival(World world, Action<TextMessage, IReceipts, DeliveryReport> arrive)
{
    // twilio.com/docs/api/errors/63024, 63036.
    private const int NotOnWhatsApp = 63024;
    private const int NotOnRcs = 63036;

    /// <summary>The carrier takes a text, or does not.</summary>
    public void Submit(HandsetBehaviour behaviour, TextMessage message, IReceipts receipts)
    {
        var report = behaviour.Texts;
        if (ChannelAddress.ChannelOf(message.From) is { } channel && !behaviour.IsOn(channel))
        {
            receipts.Refused(message, channel == ChannelAddress.Rcs ? NotOnRcs : NotOnWhatsApp);
            return;
        }
        if (report.Outcome == DeliveryOutcome.Failed)
        {
            receipts.Refused(message, report.ErrorCode ?? 30008);
            return;
        }
        receipts.Accepted(message);
        Await(message, receipts, report, report.Delay ?? Handset.UsualReceiptDelay);
    }

    /// <summary>A text that was accepted in an earlier process goes on its way.</summary>
    public void Resume(HandsetBehaviour behaviour, TextMessage message, IReceipts receipts, DateTimeOffset accepted)
    {
        var report = behaviour.Texts;
        var left = accepted + (report.Delay ?? Handset.UsualReceiptDelay) - world.Clock.GetUtcNow();
        Await(message, receipts, report, left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    private void Await(TextMessage message, IReceipts receipts, DeliveryReport report, TimeSpan delay)
    {
        if (report.Outcome == DeliveryOutcome.NoReceipt) return;
        // One timer per text on its way; the callback is a turn of the loop.
        world.Clock.CreateTimer(
            report.Outcome switch
            {
                DeliveryOutcome.Undelivered => "message.undelivered",
                DeliveryOutcome.Failed => "message.failed",
                _ => "message.delivered",
            },
            static state =>
            {
                var (arrive, text, mailbox, outcome) =
                    ((Action<TextMessage, IReceipts, DeliveryReport>, TextMessage, IReceipts, DeliveryReport))state!;
                arrive(text, mailbox, outcome);
            },
            (arrive, message, receipts, report), delay, Timeout.InfiniteTimeSpan);
    }
}
