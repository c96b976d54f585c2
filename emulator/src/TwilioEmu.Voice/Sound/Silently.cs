using TwilioEmu.Media.Score;

namespace TwilioEmu.Voice.Sound;

/// <summary>Waits that are cut short without an exception: most calls end while something sounds.</summary>
/// <remarks>
/// Loop-confined. An exception that passes four awaits of a call costs as much as a good part of the rest of it. Whoever waits so returns
/// what it was cut short with, up to where that is acted on.
/// </remarks>
internal static class Silently
{
    /// <summary>False when it was cut short.</summary>
    public static async Task<bool> DelayAsync(TimeSpan length, TimeProvider clock, CancellationToken cancellation)
    {
        var wait = Task.Delay(length, clock, cancellation);
        await wait.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        return !wait.IsCanceled;
    }

    /// <summary>Plays to the party and completes at the end.</summary>
    /// <exception cref="OperationCanceledException">It was cut short.</exception>
    public static async Task PlayAsync(this ICallMedia media, Source sound, CancellationToken cancellation)
    {
        if (!await media.TryPlayAsync(sound, cancellation)) throw new OperationCanceledException(cancellation);
    }
}
