using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Looping;

namespace TwilioEmu.Carrier.Handsets;

/// <summary>How a transfer that a phone's owner asked for ends.</summary>
internal sealed class TransferOutcome(WorldLoop loop) : ITransferReply
{
    /// <summary>The last word: a final SIP status of the new call, or that of the refusal.</summary>
    public Signal<int> Status { get; } = new(loop);

    /// <inheritdoc/>
    public void Answer(int status)
    {
        if (status >= 300) Status.TrySet(status);
    }

    /// <inheritdoc/>
    public void Tell(int status)
    {
        if (status >= 200) Status.TrySet(status);
    }
}
