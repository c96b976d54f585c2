using TwilioEmu.Kernel.Looping;
using TwilioEmu.Voice.Sound;

namespace TwilioEmu.Voice.Verbs.Dialling;

/// <summary>The other side of a bridge: a dialled leg, or a call out of a queue.</summary>
/// <param name="CallSid">Of its call.</param>
/// <param name="Party">The person's number.</param>
/// <param name="Left">Told when it is gone.</param>
internal sealed record BridgeSide(string CallSid, string Party, ICallMedia Media, Transcript Transcript, Signal<bool> Left);

/// <summary>Lets the caller of a Dial and another party talk.</summary>
internal static class Bridge
{
    /// <summary>
    /// Completes when the other side is gone, the time is over or the caller pressed a star; cancelled when the caller is gone.
    /// </summary>
    /// <param name="dial">What was asked.</param>
    /// <param name="context">The caller's.</param>
    /// <param name="other">The other side.</param>
    /// <param name="within">How long they may talk.</param>
    /// <param name="until">Ends it, too; null for nothing more.</param>
    /// <param name="cancellation">The caller is gone.</param>
    public static async Task RunAsync(
        Dial dial, VerbContext context, BridgeSide other, TimeSpan within, Task? until, CancellationToken cancellation)
    {
        context.Note(TranscriptEntries.Bridged, ("with", other.CallSid), ("party", other.Party));
        other.Transcript.Write(TranscriptEntries.Bridged, ("with", context.Call.Sid), ("party", context.Live.Party));
        using var hers = other.Media.Hear(context.Media);
        using var his = context.Media.Hear(other.Media);
        using var star = new StarKey(dial, context, cancellation);
        try
        {
            List<Task> ends = [other.Left.Task, star.Pressed];
            if (until is not null) ends.Add(until);
            await Task.WhenAny(ends).WaitAsync(within > TimeSpan.Zero ? within : TimeSpan.Zero, context.Clock, cancellation);
        }
        catch (TimeoutException)
        {
            // timeLimit: the other party is hung up, the caller goes on.
        }
    }
}
