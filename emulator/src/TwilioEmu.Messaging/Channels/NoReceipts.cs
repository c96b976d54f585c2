using TwilioEmu.Carrier.Switching;

namespace TwilioEmu.Messaging.Channels;

/// <summary>For what is no message of an account: nobody waits to hear of it.</summary>
internal sealed class NoReceipts : IReceipts
{
    public static NoReceipts Instance { get; } = new();

    private NoReceipts() { }

    public void Accepted(TextMessage text) { }

    public void Refused(TextMessage text, int errorCode) { }

    public void Delivered(TextMessage text) { }

    public void Undelivered(TextMessage text, int errorCode) { }
}
