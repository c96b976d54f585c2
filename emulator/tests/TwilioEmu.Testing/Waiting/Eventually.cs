using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace TwilioEmu.Testing.Waiting;

/// <summary>
/// Waits on the wall for what another thread brings about. Bounded: what never comes fails the test by its name, and does not hang the run.
/// </summary>
public static class Eventually
{
    /// <summary>Far beyond what a busy machine needs; only a fault comes here.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(1);

    /// <summary>Completes when it is so.</summary>
    /// <exception cref="TimeoutException">It was not so within a minute.</exception>
    public static Task TrueAsync(Func<bool> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "") =>
        TrueAsync(() => Task.FromResult(isSo()), what);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string)"/>
    public static async Task TrueAsync(Func<Task<bool>> isSo, [CallerArgumentExpression(nameof(isSo))] string what = "")
    {
        var began = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(began) > Bound) throw new TimeoutException($"not so within {Bound.TotalSeconds} s: {what}");
            await Task.Delay(1);
        }
    }
}
