using TwilioEmu.Client.Wire;

namespace TwilioEmu.Client.Clocks;

/// <summary>Runs the world until it has come to rest.</summary>
/// <param name="emulator">Whose world.</param>
/// <param name="isBusy">Whether an app of this process has a request in hand;
/// apps elsewhere are seen by the webhooks that hold time alone.</param>
internal sealed class Settling(EmulatorClient emulator, Func<bool>? isBusy)
{
    // An app goes on a little after its answer: what it posts then is waited for, as far as anybody can know.
    private const int QuietLooks = 3;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>Moves virtual time from due instant to due instant, or waits for time that moves by itself.</summary>
    /// <param name="quiet">How long nothing more may be due.</param>
    /// <param name="within">World time.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="TimeoutException">There is no end to it.</exception>
    public async Task<ClockState> RunAsync(TimeSpan quiet, TimeSpan within, CancellationToken cancellation)
    {
        var begin = await emulator.ClockAsync(cancellation);
        var isVirtual = begin.Mode is "auto" or "manual";
        var patience = TimeProvider.System.GetTimestamp();
        for (var looks = 0; ;)
        {
            var before = await LastSeqAsync(cancellation);
            // By nothing: whatever is due now has run when it is answered, and what holds time has ended.
            var clock = isVirtual ? await emulator.AdvanceAsync(TimeSpan.Zero, cancellation) : await emulator.ClockAsync(cancellation);
            if (isBusy?.Invoke() == true || clock.Holds.Count > 0 || await LastSeqAsync(cancellation) != before)
            {
                looks = 0;
                if (TimeProvider.System.GetElapsedTime(patience) > emulator.Patience) throw Endless(begin, clock);
                await Task.Delay(Pause, TimeProvider.System, cancellation);
            }
            else if (clock.NextDue is { } due && due - clock.Now <= quiet)
            {
                looks = 0;
                patience = TimeProvider.System.GetTimestamp();
                if (due - begin.Now > within) throw Endless(begin, clock);
                if (isVirtual) await emulator.AdvanceAsync(due > clock.Now ? due - clock.Now : TimeSpan.Zero, cancellation);
                else await Task.Delay(Pause, TimeProvider.System, cancellation);
            }
            else if (++looks == QuietLooks)
            {
                return clock;
            }
            else
            {
                await Task.Delay(Pause, TimeProvider.System, cancellation);
            }
        }
    }

    private TimeoutException Endless(ClockState begin, ClockState now)
    {
        var why = now.Holds.Count > 0 ? $"time is held by: {string.Join(", ", now.Holds)}"
            : isBusy?.Invoke() == true ? "the app has a request in hand"
            : $"{now.Timers} timers wait, the next at {now.NextDue:O}";
        return new TimeoutException($"the world has not come to rest after {Durations.Write(now.Now - begin.Now)} of its time: {why}");
    }

    private async Task<long> LastSeqAsync(CancellationToken cancellation) =>
        (await emulator.JournalAsync(new JournalQuery { Limit = 1 }, cancellation)).LastSeq;
}
